import { type GlucoseSeries, indexAt } from "./series.ts";

/** The lowest and the highest of the readings that fall on one column of pixels. */
export interface HistoryColumns {
  /** For each column the lowest in mg/dL, `Infinity` where there is none. */
  readonly lowest: Float64Array;
  /** For each column the highest in mg/dL, `-Infinity` where there is none. */
  readonly highest: Float64Array;
  readonly count: number;
}

/** Bins the readings of a span into so many columns, in one pass. */
export const historyColumns = (series: GlucoseSeries, from: number, to: number, columns: number): HistoryColumns => {
  const lowest = new Float64Array(columns).fill(Infinity);
  const highest = new Float64Array(columns).fill(-Infinity);
  const [first, end] = [indexAt(series, from), indexAt(series, to)];
  const { times, mgdl } = series;
  const perMillisecond = columns / (to - from);
  for (let index = first; index < end; index++) {
    const column = Math.min(columns - 1, Math.floor(((times[index] ?? 0) - from) * perMillisecond));
    const value = mgdl[index] ?? 0;
    if (value < (lowest[column] ?? 0)) lowest[column] = value;
    if (value > (highest[column] ?? 0)) highest[column] = value;
  }
  return { lowest, highest, count: end - first };
};
