import { kind } from "../kind.ts";
import { bolusOptions, bolusParts, normalParts } from "../shared/bolus.ts";

/** A bolus delivered at once. */
export const normalBolus = kind({ type: "bolus", subType: "normal" }, { ...bolusParts, ...normalParts }, bolusOptions);
