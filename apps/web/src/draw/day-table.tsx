import { summarize } from "@tideway/metrics";
import { useState } from "react";
import type { Preview } from "../look/preview.ts";
import { readingsBetween } from "../look/series.ts";
import { sayTime } from "../say/date.ts";
import { sayGlucose, type Unit } from "../say/glucose.ts";
import { sayNumber } from "../say/number.ts";

const rowsOf = ({ glucose, days }: Preview) =>
  days.flatMap(({ start }, index) => {
    const end = days[index + 1]?.start ?? Infinity;
    const readings = readingsBetween(glucose, start, end);
    if (readings.length === 0) return [];
    const values = readings.map(({ value }) => value);
    const { mean, bands } = summarize(readings);
    return [{ start, values, mean: typeof mean === "number" ? mean : 0, target: bands.target.toFixed(0) }];
  });

/** The curve in numbers, a row for each day: for those who cannot see it, and for those who want to copy it. */
export const DayTable = ({ preview, unit }: { readonly preview: Preview; readonly unit: Unit }) => {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>The same as a table, day by day</summary>
      {open && (
        <div className="table-frame" role="region" aria-label="Glucose day by day" tabIndex={0}>
          <table>
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
              {rowsOf(preview).map(({ start, values, mean, target }) => (
                <tr key={start}>
                  <th scope="row">{sayTime(start, preview.localTime, "date")}</th>
                  <td className="number">{sayNumber(values.length)}</td>
                  <td className="number">{sayGlucose(Math.min(...values), unit)}</td>
                  <td className="number">{sayGlucose(mean, unit)}</td>
                  <td className="number">{sayGlucose(Math.max(...values), unit)}</td>
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
