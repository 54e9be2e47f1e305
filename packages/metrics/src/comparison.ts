import type { PerBand } from "./band.ts";
import { localOf, momentOf, type OffsetAt } from "./local-days.ts";
import type { LocalReadings } from "./reading-log.ts";
import type { Span } from "./span.ts";
import type { Statistics } from "./summary.ts";
import { tally } from "./tally.ts";
import type { Targets } from "./targets.ts";
import { readingsIn } from "./weighed.ts";
import { type Withheld, withheld } from "./withheld.ts";

/** A period beside the one before it, which is as long. */
export interface Comparison {
  readonly current: Statistics;
  readonly before: Statistics;
  /** Current minus before, in the unit of each number; shares in percentage points. */
  readonly change: {
    readonly bands: PerBand<number | Withheld>;
    readonly tightRange: number | Withheld;
    readonly mean: number | Withheld;
    readonly sd: number | Withheld;
    readonly cv: number | Withheld;
    readonly gmi: number | Withheld;
    readonly gri: number | Withheld;
  };
}

/** The use of the sensor, in percent, from which on a period stands for all of its days. */
const activeForComparison = 70;

/** The period of as many hours on the wearer's clock that ends where this one begins. */
export const periodBefore = ({ from, to }: Span, offsetAt: OffsetAt): Span => {
  const length = localOf(to, offsetAt) - localOf(from, offsetAt);
  return { from: momentOf(localOf(from, offsetAt) - length, offsetAt), to: from };
};

/** Compares a period with the one before; a change is withheld where the sensor was used for less than 70 % of either. */
export const compare = (
  { readings, offsetAt }: LocalReadings,
  { period, targets }: { readonly period: Span; readonly targets: Targets }
): Comparison => {
  const statisticsOf = (span: Span): Statistics =>
    tally(readingsIn(readings, span), { targets, offsetAt, period: span });
  const current = statisticsOf(period);
  const before = statisticsOf(periodBefore(period, offsetAt));
  const short = tooShort(current, before);
  const changeOf = (now: number | Withheld, then: number | Withheld): number | Withheld => {
    if (short !== undefined) return short;
    if (typeof now !== "number") return now;
    return typeof then === "number" ? now - then : then;
  };
  return {
    current,
    before,
    change: {
      bands: {
        veryLow: changeOf(current.bands.veryLow, before.bands.veryLow),
        low: changeOf(current.bands.low, before.bands.low),
        target: changeOf(current.bands.target, before.bands.target),
        high: changeOf(current.bands.high, before.bands.high),
        veryHigh: changeOf(current.bands.veryHigh, before.bands.veryHigh)
      },
      tightRange: changeOf(current.tightRange, before.tightRange),
      mean: changeOf(current.mean, before.mean),
      sd: changeOf(current.sd, before.sd),
      cv: changeOf(current.cv, before.cv),
      gmi: changeOf(current.gmi, before.gmi),
      gri: changeOf(current.gri, before.gri)
    }
  };
};

const tooShort = (current: Statistics, before: Statistics): Withheld | undefined => {
  if (Math.min(current.sensorActive, before.sensorActive) >= activeForComparison) return undefined;
  return withheld(
    `A comparison needs a sensor in use for at least ${activeForComparison} % of both periods; ` +
      `here it is ${Math.floor(current.sensorActive)} % after ${Math.floor(before.sensorActive)} %.`
  );
};
