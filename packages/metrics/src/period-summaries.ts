import { clipTo, type DaySpan, daySpans } from "./local-days.ts";
import type { LocalReadings } from "./reading-log.ts";
import type { Span } from "./span.ts";
import type { Statistics } from "./summary.ts";
import { tally } from "./tally.ts";
import type { Targets } from "./targets.ts";
import { readingsIn } from "./weighed.ts";

/** What the readings of one day, or of several in a row, add up to; the use of the sensor refers to all of them. */
export interface PeriodSummary extends DaySpan {
  readonly statistics: Statistics;
}

/** The summary of each so many local days, in the order of time, those without readings too. */
export const periodSummaries = (
  { readings, offsetAt }: LocalReadings,
  { days, targets, period }: { readonly days: number; readonly targets: Targets; readonly period: Span | undefined }
): ReadonlyArray<PeriodSummary> => {
  const [first, last] = [readings.times[0], readings.times.at(-1)];
  const whole = period ?? (first === undefined || last === undefined ? undefined : { from: first, to: last + 1 });
  if (whole === undefined) return [];
  return daySpans(whole, days, offsetAt).map((span) => {
    const part = clipTo(period, span.period);
    return {
      ...span,
      period: part,
      statistics: tally(readingsIn(readings, part), { targets, offsetAt, period: part })
    };
  });
};
