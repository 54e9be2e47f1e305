import { toMgdl } from "@tideway/schemas";

/** The highest values that the platform takes; below 0 it takes none. */
const most = { mgdl: 1000, mmolL: 55 } as const;

// Data that nobody has checked may hold a number in quotes.
const isWithin = (value: unknown, most: number): boolean => typeof value === "number" && value >= 0 && value <= most;

/**
 * A glucose value in mg/dL, not rounded; undefined where the units are not glucose units, or the value is none that the
 * platform takes (0 to 1,000 mg/dL, 0 to 55 mmol/L): a sensor's error code shall not count as a low.
 */
export const mgdlOf = (value: number, units: string): number | undefined => {
  if (units === "mg/dL" || units === "mg/dl") return isWithin(value, most.mgdl) ? value : undefined;
  if (units === "mmol/L" || units === "mmol/l") return isWithin(value, most.mmolL) ? toMgdl(value) : undefined;
  return undefined;
};
