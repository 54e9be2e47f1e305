import { type Band, targetSets } from "@tideway/metrics";
import { formatGlucose, type Unit } from "./glucose.ts";

/** What each band is called. */
export const bandNames: { readonly [B in Band]: string } = {
  veryLow: "Very low",
  low: "Low",
  target: "In range",
  high: "High",
  veryHigh: "Very high"
};

/** The glucose of a band in words: `70–180`, `over 250`. */
export const formatBand = (band: Band, unit: Unit): string => {
  const { veryLow, low, high, veryHigh } = targetSets.standard;
  const above = (bound: number) =>
    unit === "mg/dL" ? `${bound + 1}` : (Number(formatGlucose(bound, unit)) + 0.1).toFixed(1);
  const below = (bound: number) =>
    unit === "mg/dL" ? `${bound - 1}` : (Number(formatGlucose(bound, unit)) - 0.1).toFixed(1);
  const texts: { readonly [B in Band]: string } = {
    veryLow: `under ${formatGlucose(veryLow, unit)}`,
    low: `${formatGlucose(veryLow, unit)}–${below(low)}`,
    target: `${formatGlucose(low, unit)}–${formatGlucose(high, unit)}`,
    high: `${above(high)}–${formatGlucose(veryHigh, unit)}`,
    veryHigh: `over ${formatGlucose(veryHigh, unit)}`
  };
  return texts[band];
};
