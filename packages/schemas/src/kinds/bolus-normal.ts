import { kind } from "../kind.ts";
import { bolusParts, normalParts } from "../shared/bolus.ts";

/** A bolus delivered at once. */
export const normalBolus = kind({ type: "bolus", subType: "normal" }, { ...bolusParts, ...normalParts });
