import { glucoseRange } from "../shared/glucose.ts";
import { InvalidInput } from "./invalid-input.ts";

/** `units` and `value` of a reading, for a datum to take over. */
export interface GlucoseMembers<U extends "mg/dL" | "mmol/L"> {
  readonly units: U;
  readonly value: number;
}

/**
 * A glucose value with its units: from 0 to 1,000 mg/dL or from 0 to 55 mmol/L.
 *
 * Throws `InvalidInput` for any other, `NaN` and numbers in texts included.
 */
export const glucose = <U extends "mg/dL" | "mmol/L">(value: number, units: U): GlucoseMembers<U> => {
  const range = units === "mg/dL" || units === "mmol/L" ? glucoseRange(units) : undefined;
  if (range === undefined) {
    const message = "units must be mg/dL or mmol/L.";
    throw new InvalidInput("glucose", [{ pointer: "/units", code: "value-not-allowed", message, value: units }]);
  }
  const { min = 0, max = 0 } = range;
  if (typeof value !== "number" || !(value >= min && value <= max)) {
    const message = `value must be a number from ${min} to ${max} ${units}.`;
    throw new InvalidInput("glucose", [{ pointer: "/value", code: "value-out-of-range", message, value }]);
  }
  return { units, value };
};
