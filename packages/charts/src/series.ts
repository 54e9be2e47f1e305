import { bisectLeft } from "d3-array";

/** Glucose readings in the order of time, in two columns: typed arrays, so that years of them are quick to send and to draw. */
export interface GlucoseSeries {
  /** Milliseconds since 1970, in order. */
  readonly times: Float64Array;
  /** The glucose of each, in mg/dL. */
  readonly mgdl: Float32Array | Float64Array;
}

/** Puts readings in the order of time. */
export const seriesOf = (readings: ReadonlyArray<{ readonly time: number; readonly mgdl: number }>): GlucoseSeries => {
  const sorted = readings.toSorted((a, b) => a.time - b.time);
  return {
    times: Float64Array.from(sorted, ({ time }) => time),
    mgdl: Float64Array.from(sorted, ({ mgdl }) => mgdl)
  };
};

/** The index of the first reading at or after a moment; the number of readings where there is none. */
export const indexAt = ({ times }: GlucoseSeries, time: number): number => bisectLeft(times, time);

/** The index of the reading nearest to a moment; undefined without readings. */
export const nearestIndex = (series: GlucoseSeries, time: number): number | undefined => {
  const { times } = series;
  if (times.length === 0) return undefined;
  const after = Math.min(indexAt(series, time), times.length - 1);
  const before = Math.max(0, after - 1);
  return time - (times[before] ?? 0) < (times[after] ?? 0) - time ? before : after;
};
