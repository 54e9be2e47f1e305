import { type GlucoseSeries, type GlucoseUnit, seriesOf } from "@tideway/charts";
import {
  createSummarizer,
  localDayOf,
  mgdlOf,
  midnightOf,
  type OffsetAt,
  offsetsIn,
  type PeriodSummary,
  type ProfileBin,
  smoothProfile,
  type Span,
  type Summary,
  type Withheld
} from "@tideway/metrics";
import type { RecentReadings } from "./recent-readings.ts";

/** What a report is about. */
export interface ReportOptions {
  /** Days, counted back from the last one with a reading, or from the end of `period`. */
  readonly days: number;
  /** Milliseconds since 1970; undefined: the last days with readings. */
  readonly period: Span | undefined;
  /** Whose local time days are in; undefined: the offset of the last reading, else UTC. */
  readonly timezone: string | undefined;
  readonly unit: GlucoseUnit;
}

/** Everything that a report shows. */
export interface ReportFacts {
  readonly unit: GlucoseUnit;
  readonly period: Span;
  readonly offsetAt: OffsetAt;
  /** The zone in words: its name, `UTC+2`, or `UTC`. */
  readonly zone: string;
  readonly summary: Summary;
  readonly profile: ReadonlyArray<ProfileBin> | Withheld;
  readonly days: ReadonlyArray<PeriodSummary>;
  /** The local midnights of the days of the period. */
  readonly midnights: ReadonlyArray<number>;
  readonly series: GlucoseSeries;
}

const inHours = (minutes: number): string => {
  const size = Math.abs(minutes);
  const rest = size % 60 === 0 ? "" : `:${String(size % 60).padStart(2, "0")}`;
  return minutes === 0 ? "UTC" : `UTC${minutes < 0 ? "−" : "+"}${Math.floor(size / 60)}${rest}`;
};

/** What a report says of these readings; undefined where there is none in the period. */
export const reportFacts = (readings: RecentReadings, options: ReportOptions): ReportFacts | undefined => {
  const { days, timezone, unit } = options;
  const all = readings.all();
  const last = all.at(-1);
  if (last === undefined) return undefined;
  const offset = all.findLast(({ timezoneOffset }) => typeof timezoneOffset === "number")?.timezoneOffset ?? 0;
  const offsetAt = timezone === undefined ? () => offset : offsetsIn(timezone);
  const lastDay = localDayOf(last.at, offsetAt);
  const period = options.period ?? {
    from: midnightOf(lastDay - days + 1, offsetAt),
    to: midnightOf(lastDay + 1, offsetAt)
  };
  const within = all.filter(({ at }) => at >= period.from && at < period.to);
  if (within.length === 0) return undefined;
  const summarizer = createSummarizer({ period, timeZone: offsetAt });
  const points: Array<{ readonly time: number; readonly mgdl: number }> = [];
  for (const reading of within) {
    summarizer.add(reading);
    const mgdl = mgdlOf(reading.value, reading.units);
    if (mgdl !== undefined) points.push({ time: reading.at, mgdl });
  }
  const profile = summarizer.profile({ binMinutes: 30 });
  const first = localDayOf(period.from, offsetAt);
  const count = Math.min(localDayOf(period.to - 1, offsetAt) - first + 1, 366);
  return {
    unit,
    period,
    offsetAt,
    zone: timezone ?? inHours(offset),
    summary: summarizer.summary(),
    profile: "withheld" in profile ? profile : smoothProfile(profile),
    days: summarizer.periods(),
    midnights: Array.from({ length: count }, (_, index) => midnightOf(first + index, offsetAt)),
    series: seriesOf(points)
  };
};
