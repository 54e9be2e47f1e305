import { toMmolL } from "@tideway/schemas";

/** The unit that glucose is shown in. */
export type GlucoseUnit = "mg/dL" | "mmol/L";

/** A glucose value without its unit: whole mg/dL, one decimal in mmol/L. */
export const formatGlucose = (mgdl: number, unit: GlucoseUnit): string =>
  unit === "mg/dL" ? mgdl.toFixed(0) : toMmolL(mgdl).toFixed(1);

/** A glucose value with its unit. */
export const formatGlucoseIn = (mgdl: number, unit: GlucoseUnit): string => `${formatGlucose(mgdl, unit)} ${unit}`;
