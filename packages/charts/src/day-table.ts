import type { OffsetAt } from "@tideway/metrics";
import { type DataTable, numbers, words } from "./data-table.ts";
import type { DayEvents } from "./day-events.ts";
import { formatGlucose, type GlucoseUnit } from "./glucose-unit.ts";
import { formatTime, hour } from "./local-clock.ts";
import { type GlucoseSeries, indexAt } from "./series.ts";

/** What a table of a day is about. */
interface DayTableOptions {
  readonly from: number;
  readonly to: number;
  readonly unit: GlucoseUnit;
  readonly offsetAt: OffsetAt;
}

const sumText = (values: ReadonlyArray<number>, digits: number): string =>
  values.length === 0 ? "" : values.reduce((sum, value) => sum + value, 0).toFixed(digits);

/** A day in numbers, a row for each hour that has any. */
export const dayTable = (
  series: GlucoseSeries,
  { fingersticks, boluses, carbohydrates, basals }: DayEvents,
  { from, to, unit, offsetAt }: DayTableOptions
): DataTable => {
  const rows: Array<ReadonlyArray<string>> = [];
  for (let start = from; start < to; start += hour) {
    const end = Math.min(to, start + hour);
    const isIn = ({ time }: { readonly time: number }): boolean => time >= start && time < end;
    const values = series.mgdl.subarray(indexAt(series, start), indexAt(series, end));
    const glucose =
      values.length === 0
        ? ["", ""]
        : [Math.min(...values), Math.max(...values)].map((value) => formatGlucose(value, unit));
    const sticks = fingersticks.filter(isIn).map(({ mgdl }) => formatGlucose(mgdl, unit));
    const bolus = boluses.filter(isIn).map(({ normal, extended }) => normal + extended);
    const grams = carbohydrates.filter(isIn).map(({ grams }) => grams);
    const basal = basals.flatMap((one) => {
      const length = Math.min(end, one.to) - Math.max(start, one.from);
      return length > 0 ? [(one.rate * length) / hour] : [];
    });
    const row = [
      String(values.length),
      ...glucose,
      sticks.join(", "),
      sumText(bolus, 2),
      sumText(grams, 0),
      sumText(basal, 2)
    ];
    if (row.some((cell) => cell !== "" && cell !== "0")) rows.push([formatTime(start, offsetAt, "hour"), ...row]);
  }
  return {
    caption: `The day by hours; glucose in ${unit}`,
    columns: [
      words("From"),
      numbers("Readings"),
      numbers("Lowest"),
      numbers("Highest"),
      numbers("Fingersticks"),
      numbers("Bolus, units"),
      numbers("Carbs, g"),
      numbers("Basal, units")
    ],
    rows
  };
};
