import { type Band, targetSets } from "@tideway/metrics";
import { sayGlucose, type Unit } from "./glucose.ts";

/** What each band is called. */
export const bandNames: { readonly [B in Band]: string } = {
  veryLow: "Very low",
  low: "Low",
  target: "In range",
  high: "High",
  veryHigh: "Very high"
};

/** The glucose of a band in words: `70–180`, `over 250`. */
export const sayBand = (band: Band, unit: Unit): string => {
  const { veryLow, low, high, veryHigh } = targetSets.standard;
  const above = (bound: number) =>
    unit === "mg/dL" ? `${bound + 1}` : (Number(sayGlucose(bound, unit)) + 0.1).toFixed(1);
  const below = (bound: number) =>
    unit === "mg/dL" ? `${bound - 1}` : (Number(sayGlucose(bound, unit)) - 0.1).toFixed(1);
  const texts: { readonly [B in Band]: string } = {
    veryLow: `under ${sayGlucose(veryLow, unit)}`,
    low: `${sayGlucose(veryLow, unit)}–${below(low)}`,
    target: `${sayGlucose(low, unit)}–${sayGlucose(high, unit)}`,
    high: `${above(high)}–${sayGlucose(veryHigh, unit)}`,
    veryHigh: `over ${sayGlucose(veryHigh, unit)}`
  };
  return texts[band];
};
