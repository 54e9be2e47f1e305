import { kind } from "../kind.ts";
import { bolusParts, extendedParts, normalParts } from "../shared/bolus.ts";

/** A bolus delivered in part at once, in part over a time. */
export const dualSquareBolus = kind(
  { type: "bolus", subType: "dual/square" },
  { ...bolusParts, ...extendedParts, ...normalParts }
);
