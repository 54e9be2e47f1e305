import type { Summary } from "@tideway/metrics";
import { useState } from "react";
import { DayTable } from "../charts/day-table.tsx";
import { GlucoseChart } from "../charts/glucose-chart.tsx";
import { NumberTiles } from "../charts/number-tiles.tsx";
import { RangeBar } from "../charts/range-bar.tsx";
import { formatTime } from "../format/date.ts";
import type { LocalTime } from "../preview/local-time.ts";
import type { Preview } from "../preview/preview.ts";
import { UnitSwitch } from "./unit-switch.tsx";

/** What the numbers are about: from the first day to the last. */
const periodOf = ({ period }: Summary, localTime: LocalTime): string => {
  if (period === undefined) return "Time in range and numbers";
  const [from, to] = [period.from, period.to - 1].map((time) => formatTime(time, localTime, "date"));
  return from === to ? `Numbers of ${from}` : `Numbers from ${from} to ${to}`;
};

interface Props {
  readonly preview: Preview;
  readonly localTime: LocalTime;
}

/** What the CGM readings look like: the curve, time in range, the numbers. */
export const PreviewView = ({ preview, localTime }: Props) => {
  const [unit, setUnit] = useState(preview.unit);
  const hasGlucose = preview.glucose.times.length > 0;
  return (
    <>
      <section className="card" aria-labelledby="glucose">
        <div className="card-head">
          <h2 id="glucose">Glucose</h2>
          {hasGlucose && <UnitSwitch unit={unit} onUnit={setUnit} />}
        </div>
        {hasGlucose ? (
          <>
            <GlucoseChart preview={preview} localTime={localTime} unit={unit} />
            <DayTable preview={preview} localTime={localTime} unit={unit} />
          </>
        ) : (
          <p>
            There are no CGM readings (cbg) in this file, so there is no curve to draw. It can be uploaded all the same.
          </p>
        )}
      </section>
      {hasGlucose && (
        <section className="card" aria-labelledby="numbers">
          <h2 id="numbers">{periodOf(preview.summary, localTime)}</h2>
          <div className="split">
            <RangeBar summary={preview.summary} unit={unit} />
            <NumberTiles summary={preview.summary} unit={unit} />
          </div>
        </section>
      )}
    </>
  );
};
