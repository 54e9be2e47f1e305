import type { Band, PerBand, Targets } from "@tideway/metrics";
import { formatGlucose, type GlucoseUnit } from "./glucose-unit.ts";

/** What each band is called. */
export const bandNames: PerBand<string> = {
  veryLow: "Very low",
  low: "Low",
  target: "In range",
  high: "High",
  veryHigh: "Very high"
};

/** The glucose of a band: `70–180`, `over 250`. */
export const formatBand = (band: Band, { veryLow, low, high, veryHigh }: Targets, unit: GlucoseUnit): string => {
  const next = (bound: number, step: 1 | -1): string =>
    unit === "mg/dL" ? `${bound + step}` : (Number(formatGlucose(bound, unit)) + step / 10).toFixed(1);
  const texts: PerBand<string> = {
    veryLow: `under ${formatGlucose(veryLow, unit)}`,
    low: `${formatGlucose(veryLow, unit)}–${next(low, -1)}`,
    target: `${formatGlucose(low, unit)}–${formatGlucose(high, unit)}`,
    high: `${next(high, 1)}–${formatGlucose(veryHigh, unit)}`,
    veryHigh: `over ${formatGlucose(veryHigh, unit)}`
  };
  return texts[band];
};

/** A share of a day in hours and minutes: 5 % is 1 h 12 min. */
export const formatTimeOfDay = (percent: number): string => {
  const minutes = Math.round(percent * 14.4);
  if (minutes === 0) return percent > 0 ? "< 1 min" : "0 min";
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
};
