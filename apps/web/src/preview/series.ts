import type { Reading } from "@tideway/metrics";
import { bisect } from "./bisect.ts";

/** CGM readings in the order of time. */
export interface Series {
  /** Milliseconds since 1970. */
  readonly times: ReadonlyArray<number>;
  readonly mgdl: ReadonlyArray<number>;
  /** The highest of them; 0 without readings. */
  readonly highest: number;
  /** A longer wait than this between two readings is a gap, in milliseconds. */
  readonly gap: number;
}

const minute = 60_000;

/** Three missed readings are a gap, but never less than 15 minutes and never more than 45: nothing is drawn across. */
const gapOf = (times: ReadonlyArray<number>): number => {
  const waits = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const usual = waits.sort((a, b) => a - b)[Math.floor(waits.length / 2)] ?? 0;
  return Math.min(45 * minute, Math.max(15 * minute, 3 * usual)) + minute;
};

/** Puts readings in the order of time. */
export const seriesOf = (readings: ReadonlyArray<{ readonly time: number; readonly mgdl: number }>): Series => {
  const sorted = readings.toSorted((a, b) => a.time - b.time);
  const times = sorted.map(({ time }) => time);
  const mgdl = sorted.map(({ mgdl }) => mgdl);
  return { times, mgdl, highest: mgdl.reduce((most, value) => Math.max(most, value), 0), gap: gapOf(times) };
};

/** The index of the first reading at or after a moment; the number of readings where there is none. */
export const indexAt = ({ times }: Series, time: number): number =>
  bisect(times.length, (index) => (times[index] ?? Infinity) < time);

/** The readings from one moment (inclusive) to another (exclusive), as the statistics take them. */
export const readingsBetween = (series: Series, from: number, to: number): ReadonlyArray<Reading> => {
  const first = indexAt(series, from);
  return series.times.slice(first, indexAt(series, to)).map((time, index) => ({
    time: new Date(time).toISOString(),
    value: series.mgdl[first + index] ?? 0,
    units: "mg/dL"
  }));
};
