import { kind } from "../kind.ts";
import { bolusParts, extendedParts } from "../shared/bolus.ts";

/** A bolus delivered over a time. */
export const squareBolus = kind({ type: "bolus", subType: "square" }, { ...bolusParts, ...extendedParts });
