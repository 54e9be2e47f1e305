import type { PerBand } from "./band.ts";
import { roundHalfEven } from "./round-half-even.ts";

/** The five zones of the glycemia risk index, A the least risk. */
export type GriZone = "A" | "B" | "C" | "D" | "E";

/**
 * Glycemia risk index, 0 to 100, from the shares of the bands in percent: 3.0 × very low + 2.4 × low + 1.6 × very high +
 * 0.8 × high, at most 100 (Klonoff et al. 2023, doi:10.1177/19322968221085273).
 */
export const gri = ({ veryLow, low, high, veryHigh }: PerBand<number>): number =>
  Math.min(100, 3 * veryLow + 2.4 * low + 1.6 * veryHigh + 0.8 * high);

/** The zone of a glycemia risk index, after rounding it to a whole number: A up to 20, B to 40, C to 60, D to 80. */
export const griZone = (index: number): GriZone => {
  const whole = roundHalfEven(index);
  if (whole <= 20) return "A";
  if (whole <= 40) return "B";
  if (whole <= 60) return "C";
  return whole <= 80 ? "D" : "E";
};
