import { useState } from "react";
import { formatTime } from "../format/date.ts";
import { formatGlucose, type Unit } from "../format/glucose.ts";
import { formatNumber } from "../format/number.ts";
import type { LocalTime } from "../preview/local-time.ts";
import type { Preview } from "../preview/preview.ts";
import { readingsBetween } from "../preview/series.ts";

const rowsOf = ({ glucose, daily }: Preview) =>
  daily.flatMap(({ firstDay, period, statistics }) => {
    const values = readingsBetween(glucose, period.from, period.to).map(({ value }) => value);
    if (values.length === 0) return [];
    const { count, mean, bands } = statistics;
    return [
      { firstDay, period, count, values, mean: typeof mean === "number" ? mean : 0, target: bands.target.toFixed(0) }
    ];
  });

interface Props {
  readonly preview: Preview;
  readonly localTime: LocalTime;
  readonly unit: Unit;
}

/** The curve in numbers, a row for each day: for those who cannot see it, and for those who want to copy it. */
export const DayTable = ({ preview, localTime, unit }: Props) => {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>The same as a table, day by day</summary>
      {open && (
        <div className="table-frame">
          <table aria-label="Glucose day by day">
            <thead>
              <tr>
                <th scope="col">Day</th>
                <th scope="col" className="number">
                  Readings
                </th>
                <th scope="col" className="number">
                  Lowest
                </th>
                <th scope="col" className="number">
                  Mean
                </th>
                <th scope="col" className="number">
                  Highest
                </th>
                <th scope="col" className="number">
                  In range
                </th>
              </tr>
            </thead>
            <tbody>
              {rowsOf(preview).map(({ firstDay, period, count, values, mean, target }) => (
                <tr key={firstDay}>
                  <th scope="row">{formatTime(period.from, localTime, "date")}</th>
                  <td className="number">{formatNumber(count)}</td>
                  <td className="number">{formatGlucose(Math.min(...values), unit)}</td>
                  <td className="number">{formatGlucose(mean, unit)}</td>
                  <td className="number">{formatGlucose(Math.max(...values), unit)}</td>
                  <td className="number">{target} %</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="note">Glucose in {unit}.</p>
        </div>
      )}
    </details>
  );
};
