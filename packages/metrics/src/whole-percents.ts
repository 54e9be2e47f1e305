import { type Band, bands, type PerBand } from "./band.ts";
import { roundHalfEven } from "./round-half-even.ts";

/**
 * The shares of the bands as people read them: whole percents that add up to 100, and `<1` for what is there but rounds
 * to nothing, so that a low never disappears.
 *
 * What rounding leaves over goes to the largest band, where it changes least; `<1` counts as 0 in the sum. Without
 * readings (all shares 0) every band is `0`.
 */
export const wholePercents = (shares: PerBand<number>): PerBand<string> => {
  const whole: Record<Band, number> = { veryLow: 0, low: 0, target: 0, high: 0, veryHigh: 0 };
  let largest: Band = "target";
  let sum = 0;
  for (const band of bands) {
    whole[band] = roundHalfEven(shares[band]);
    sum += whole[band];
    if (shares[band] > shares[largest]) largest = band;
  }
  if (sum > 0) whole[largest] += 100 - sum;
  const text = (band: Band): string => (shares[band] > 0 && whole[band] === 0 ? "<1" : String(whole[band]));
  return {
    veryLow: text("veryLow"),
    low: text("low"),
    target: text("target"),
    high: text("high"),
    veryHigh: text("veryHigh")
  };
};
