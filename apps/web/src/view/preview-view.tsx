import { useState } from "react";
import { DayTable } from "../draw/day-table.tsx";
import { GlucoseChart } from "../draw/glucose-chart.tsx";
import { NumberTiles } from "../draw/number-tiles.tsx";
import { RangeBar } from "../draw/range-bar.tsx";
import type { Preview } from "../look/preview.ts";
import { UnitSwitch } from "./unit-switch.tsx";

/** What the CGM readings of a file look like: the curve, time in range, the numbers. */
export const PreviewView = ({ preview }: { readonly preview: Preview }) => {
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
            <GlucoseChart preview={preview} unit={unit} />
            <DayTable preview={preview} unit={unit} />
          </>
        ) : (
          <p>
            There are no CGM readings (cbg) in this file, so there is no curve to draw. It can be uploaded all the same.
          </p>
        )}
      </section>
      {hasGlucose && (
        <section className="card split" aria-label="Time in range and numbers">
          <RangeBar summary={preview.summary} unit={unit} />
          <NumberTiles summary={preview.summary} unit={unit} />
        </section>
      )}
    </>
  );
};
