import { type Band, bandOf } from "./band.ts";
import { dayLength } from "./durations.ts";
import { gmi, gmiMmolMol } from "./gmi.ts";
import { gri } from "./gri.ts";
import { localDayOf, type OffsetAt } from "./local-days.ts";
import { percentilesOf } from "./quantile.ts";
import { roundHalfEven } from "./round-half-even.ts";
import type { Span } from "./span.ts";
import type { Statistics } from "./summary.ts";
import type { Targets } from "./targets.ts";
import type { Weighed } from "./weighed.ts";
import { withheld } from "./withheld.ts";

/** How readings are added up. */
export interface TallyOptions {
  readonly targets: Targets;
  readonly offsetAt: OffsetAt;
  /** Undefined: as long as the readings reach. */
  readonly period: Span | undefined;
}

const readingsForSd = 30;
const daysForGmi = 14;
const activeForGmi = 0.7 * daysForGmi * dayLength;

/** Adds up weighed readings, in the order of time. */
export const tally = (readings: Weighed, { targets, offsetAt, period }: TallyOptions): Statistics => {
  const time: Record<Band, number> = { veryLow: 0, low: 0, target: 0, high: 0, veryHigh: 0 };
  const days = new Set<number>();
  let [covered, mean, squares, tight, end] = [0, 0, 0, 0, -Infinity];
  let day = Number.NaN;
  for (let index = 0; index < readings.length; index++) {
    const mgdl = readings.mgdls[index] ?? 0;
    const weight = readings.weights[index] ?? 0;
    covered += weight;
    time[bandOf(mgdl, targets)] += weight;
    if (isTight(mgdl)) tight += weight;
    const own = localDayOf(readings.times[index] ?? 0, offsetAt);
    if (own !== day) days.add((day = own));
    end = Math.max(end, readings.untils[index] ?? 0);
    // West's weighted form of Welford's sums: no digits are lost however long the series.
    const distance = mgdl - mean;
    mean += (distance * weight) / covered;
    squares += weight * distance * (mgdl - mean);
  }
  const count = readings.length;
  const [first, last] = [readings.times[0], readings.times.at(-1)];
  const span = period ?? (first === undefined ? undefined : { from: first, to: end });
  const share = (milliseconds: number): number => (covered === 0 ? 0 : (100 * milliseconds) / covered);
  const shares = {
    veryLow: share(time.veryLow),
    low: share(time.low),
    target: share(time.target),
    high: share(time.high),
    veryHigh: share(time.veryHigh)
  };
  const none = count === 0 ? withheld("There are no CGM readings.") : undefined;
  const few =
    count < readingsForSd
      ? withheld(`This needs at least ${readingsForSd} CGM readings; there are ${count}.`)
      : undefined;
  const sd = Math.sqrt((squares / covered) * (count / (count - 1)));
  const isShort = days.size < daysForGmi || covered < activeForGmi;
  const short = isShort ? shortForGmi(days.size, covered) : undefined;
  return {
    count,
    first,
    last,
    period: span,
    days: days.size,
    covered,
    sensorActive: span === undefined ? 0 : Math.min(100, (100 * covered) / (span.to - span.from)),
    bands: shares,
    tightRange: none ?? share(tight),
    mean: none ?? mean,
    sd: few ?? sd,
    cv: few ?? (mean === 0 ? withheld("The mean is 0; there is no share of it.") : (100 * sd) / mean),
    gmi: short ?? gmi(mean),
    gmiMmolMol: short ?? gmiMmolMol(mean),
    gri: none ?? gri(shares),
    percentiles: none ?? percentilesOf(readings)
  };
};

const isTight = (mgdl: number): boolean => {
  const whole = roundHalfEven(mgdl);
  return whole >= 70 && whole <= 140;
};

const shortForGmi = (days: number, covered: number) =>
  withheld(
    `GMI needs CGM readings on at least ${daysForGmi} days, covering 70 % of ${daysForGmi} days; ` +
      `days with readings here: ${days}, covered: ${(covered / dayLength).toFixed(1)}.`
  );
