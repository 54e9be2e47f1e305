import { type OffsetAt, targetSets } from "@tideway/metrics";
import type { TimeChartOptions } from "./chart-options.ts";
import type { PlotArea, TimeChart } from "./chart.ts";
import { bandColour } from "./colours.ts";
import { formatCount, formatNumber } from "./count.ts";
import { type DataTable, numbers, words } from "./data-table.ts";
import { bandSpans, glucoseAxis, glucoseAxisWidth } from "./glucose-axis.ts";
import { formatGlucose, formatGlucoseIn, type GlucoseUnit } from "./glucose-unit.ts";
import { type HistoryColumns, historyColumns } from "./history-columns.ts";
import { dayLength, daysAfter, formatTime, midnightOf, utc } from "./local-clock.ts";
import { type GlucoseSeries, indexAt } from "./series.ts";
import { type Shape, shape } from "./shape.ts";
import { timeAxis } from "./time-axis.ts";

/** What to draw of a history, and how. */
export interface HistoryChartOptions extends TimeChartOptions {
  /** Milliseconds since 1970; `to` is later. */
  readonly from: number;
  readonly to: number;
}

/** Fewer readings than this a pixel are drawn one by one. */
const dense = 1;

/**
 * Glucose over any span, from an hour to years: one column from the lowest to the highest reading for each pixel, in the
 * colours of the bands, or a dot for each reading where there is room. Nothing is drawn where there are no readings.
 */
export const historyChart = (
  series: GlucoseSeries,
  {
    from,
    to,
    width = 720,
    height = 240,
    unit = "mg/dL",
    targets = targetSets.standard,
    offsetAt = utc
  }: HistoryChartOptions
): TimeChart => {
  const area: PlotArea = { left: glucoseAxisWidth, right: width - 8, top: 8, bottom: height - 24 };
  const columns = historyColumns(series, from, to, Math.max(1, Math.floor(area.right - area.left)));
  const highest = columns.highest.reduce((most, value) => Math.max(most, value), 0);
  const axis = glucoseAxis(area, { highest, targets, unit });
  const time = timeAxis(area, { from, to, offsetAt });
  const spans = bandSpans(targets, Math.max(axis.top, highest + 1));
  const isDense = columns.count >= dense * columns.lowest.length;
  const marks = spans.flatMap(({ band, from: low, to: high }): ReadonlyArray<Shape> => {
    const d = isDense
      ? columnPath(columns, low, high, area.left, axis.y)
      : dotPath(series, { from, to, low, high }, time.x, axis.y);
    const stroke = { stroke: bandColour(band), "stroke-width": isDense ? 1.2 : 3.6, "stroke-linecap": "round" };
    return d === "" ? [] : [shape("path", { d, fill: "none", ...stroke })];
  });
  return {
    title: `Glucose from ${formatTime(from, offsetAt, "date")} to ${formatTime(to - 1, offsetAt, "date")}`,
    finding: findingOf(columns, unit),
    width,
    height,
    area,
    from,
    to,
    shapes: [...axis.shapes, ...time.shapes, ...marks],
    table: () => tableOf(series, { from, to, unit, offsetAt })
  };
};

/** The part of each column that lies in a band. */
const columnPath = (
  { lowest, highest }: HistoryColumns,
  low: number,
  high: number,
  left: number,
  y: (mgdl: number) => number
): string => {
  let d = "";
  for (let column = 0; column < lowest.length; column++) {
    const from = Math.max(low, lowest[column] ?? Infinity);
    const to = Math.min(high, highest[column] ?? -Infinity);
    if (from > to) continue;
    // A column of one value would have no length, and not be seen.
    const [bottom, top] = [y(from), Math.min(y(to), y(from) - 1)];
    d += `M${left + column + 0.5},${bottom.toFixed(1)}V${top.toFixed(1)}`;
  }
  return d;
};

const dotPath = (
  series: GlucoseSeries,
  { from, to, low, high }: { readonly from: number; readonly to: number; readonly low: number; readonly high: number },
  x: (time: number) => number,
  y: (mgdl: number) => number
): string => {
  let d = "";
  const end = indexAt(series, to);
  for (let index = indexAt(series, from); index < end; index++) {
    const value = series.mgdl[index] ?? 0;
    if (value >= low && value < high) d += `M${x(series.times[index] ?? 0).toFixed(1)},${y(value).toFixed(1)}h0`;
  }
  return d;
};

const findingOf = ({ lowest, highest, count }: HistoryColumns, unit: GlucoseUnit): string => {
  if (count === 0) return "There are no readings in this span.";
  const [least, most] = [lowest.reduce((a, b) => Math.min(a, b)), highest.reduce((a, b) => Math.max(a, b))];
  const empty = lowest.filter((value) => value === Infinity).length;
  const share = Math.round((100 * empty) / lowest.length);
  return (
    `${formatCount(count, "reading")} between ${formatGlucoseIn(least, unit)} and ${formatGlucoseIn(most, unit)}.` +
    (share > 10 && count >= lowest.length ? ` There are none for ${share} % of the time.` : "")
  );
};

/** A row for each day; for each week, or each four, where those were too many to read. */
const tableOf = (
  series: GlucoseSeries,
  {
    from,
    to,
    unit,
    offsetAt
  }: { readonly from: number; readonly to: number; readonly unit: GlucoseUnit; readonly offsetAt: OffsetAt }
): DataTable => {
  const days = (to - from) / dayLength;
  const step = days <= 93 ? 1 : days <= 800 ? 7 : 28;
  const rows: Array<ReadonlyArray<string>> = [];
  for (let start = midnightOf(from, offsetAt); start < to; start = daysAfter(start, step, offsetAt)) {
    const values = series.mgdl.subarray(
      indexAt(series, Math.max(from, start)),
      indexAt(series, Math.min(to, daysAfter(start, step, offsetAt)))
    );
    if (values.length === 0) continue;
    let [least, most, sum] = [Infinity, 0, 0];
    for (const value of values) [least, most, sum] = [Math.min(least, value), Math.max(most, value), sum + value];
    rows.push([
      formatTime(start, offsetAt, "date"),
      formatNumber(values.length),
      formatGlucose(least, unit),
      formatGlucose(sum / values.length, unit),
      formatGlucose(most, unit)
    ]);
  }
  return {
    caption: `Glucose ${step === 1 ? "by day" : step === 7 ? "by week" : "by four weeks"}, in ${unit}`,
    columns: [
      words(step === 1 ? "Day" : "From"),
      numbers("Readings"),
      numbers("Lowest"),
      numbers("Mean"),
      numbers("Highest")
    ],
    rows
  };
};
