import { compare, type Comparison, periodBefore } from "./comparison.ts";
import type { TimeZone } from "./local-days.ts";
import { type PeriodSummary, periodSummaries } from "./period-summaries.ts";
import { profileOf, type ProfileBin, type ProfileOptions } from "./profile.ts";
import { type LocalReadings, ReadingLog } from "./reading-log.ts";
import type { Reading } from "./reading.ts";
import type { Doubles } from "./slots.ts";
import type { Span } from "./span.ts";
import type { Summary } from "./summary.ts";
import { tally } from "./tally.ts";
import { type Targets, targetSets } from "./targets.ts";
import type { Withheld } from "./withheld.ts";

/** How to count. */
export interface SummaryOptions {
  /** Where the bands meet. Default: `targetSets.standard`. */
  readonly targets?: Targets;
  /**
   * What the numbers are about: readings outside are left out, and the use of the sensor refers to all of it, in milliseconds
   * since 1970. Default: from the first reading to the last, without the few that stand years apart.
   */
  readonly period?: Span | undefined;
  /** Milliseconds since 1970: later readings are left out. Default: not known. */
  readonly now?: number | undefined;
  /** Decides which local day a reading counts for. Default: the offsets that the readings state, else UTC. */
  readonly timeZone?: TimeZone | undefined;
  /**
   * Whether readings of one device within two seconds, of nearly the same value, count once or each of them; each is what
   * programs do that only average. Default: `once`.
   */
  readonly doubles?: Doubles | undefined;
}

/** Takes readings one by one, in any order, and says at any time what they add up to so far. */
export interface Summarizer {
  add(reading: Reading): void;
  summary(): Summary;
  /** The same for each so many local days, counted back from the last, in the order of time. Default: 1. */
  periods(days?: number): ReadonlyArray<PeriodSummary>;
  /** The percentiles for each time of the day, as an ambulatory glucose profile (AGP) shows them. */
  profile(options?: ProfileOptions): ReadonlyArray<ProfileBin> | Withheld;
  /** The stated period beside the one before, which is as long. Throws `RangeError` where no period is stated. */
  comparison(): Comparison;
}

/**
 * Starts a summary. It keeps of each reading 28 bytes, not the reading. Throws `InvalidInput` of schemas where the time
 * zone has no such name, and `RangeError` where `now` is no number; its answers throw `RangeError` where the period has no length.
 */
export const createSummarizer = (options: SummaryOptions = {}): Summarizer => {
  const { targets = targetSets.standard, period } = options;
  const log = new ReadingLog(options);
  return {
    add: (reading) => log.add(reading),
    summary: () => summaryOf(log.read(period), targets, period),
    periods: (days = 1) => periodSummaries(log.read(period), { days, targets, period }),
    profile: (options = {}) => {
      const local = log.read(period);
      return profileOf(local, tally(local.readings, { targets, offsetAt: local.offsetAt, period }), options);
    },
    comparison: () => {
      if (period === undefined) throw new RangeError("A comparison needs to be told the period.");
      const { from } = periodBefore(period, log.read(undefined).offsetAt);
      return compare(log.read({ from, to: period.to }), { period, targets });
    }
  };
};

const summaryOf = (
  { readings, offsetAt, leftOut }: LocalReadings,
  targets: Targets,
  period: Span | undefined
): Summary => {
  const { count, ...rest } = tally(readings, { targets, offsetAt, period });
  return { count, ignored: Object.values(leftOut).reduce((sum, some) => sum + some, 0), leftOut, ...rest };
};

/** What readings add up to. Throws what `createSummarizer` throws. */
export const summarize = (readings: Iterable<Reading>, options: SummaryOptions = {}): Summary => {
  const summarizer = createSummarizer(options);
  for (const reading of readings) summarizer.add(reading);
  return summarizer.summary();
};

/** The share of time in each band, in percent; each reading weighs as much as the time it stands for. */
export const timeInRange = (readings: Iterable<Reading>, options: SummaryOptions = {}): Summary["bands"] =>
  summarize(readings, options).bands;
