import { toMgdl } from "@tideway/schemas";

/** A glucose value in mg/dL, not rounded; undefined where the value is no number or the units are not glucose units. */
export const mgdlOf = (value: number, units: string): number | undefined => {
  if (!Number.isFinite(value)) return undefined;
  if (units === "mg/dL" || units === "mg/dl") return value;
  if (units === "mmol/L" || units === "mmol/l") return toMgdl(value);
  return undefined;
};
