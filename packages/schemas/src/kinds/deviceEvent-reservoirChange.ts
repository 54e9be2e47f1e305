import { embeddedIn } from "../embedded.ts";
import { kind } from "../kind.ts";
import { statusEvent } from "./deviceEvent-status.ts";

/** A new reservoir in the pump. */
export const reservoirChangeEvent = kind(
  { type: "deviceEvent", subType: "reservoirChange" },
  { status: embeddedIn([statusEvent]) },
  { embeds: "status" }
);
