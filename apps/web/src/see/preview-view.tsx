import type { GlucoseUnit } from "@tideway/charts";
import type { Span } from "@tideway/metrics";
import { useState } from "react";
import { usePreference } from "../app/use-preference.ts";
import { NumberTiles } from "../charts/number-tiles.tsx";
import { formatDateInput } from "../format/date-input.ts";
import { formatTime } from "../format/date.ts";
import type { LocalTime } from "../preview/local-time.ts";
import type { Preview } from "../preview/preview.ts";
import { type TargetSetName, targetSetNames, targetsOf } from "../preview/target-set.ts";
import { CalendarView } from "./calendar-view.tsx";
import { Choice } from "./choice.tsx";
import { DayView } from "./day-view.tsx";
import { HistoryView } from "./history-view.tsx";
import { PeriodBar } from "./period-bar.tsx";
import { ProfileView } from "./profile-view.tsx";
import { RangeView } from "./range-view.tsx";
import { RecordsView } from "./records-view.tsx";
import { usePeriodView } from "./use-period-view.ts";

const units: ReadonlyArray<GlucoseUnit> = ["mg/dL", "mmol/L"];
const targetNames = Object.keys(targetSetNames) as ReadonlyArray<TargetSetName>;

/** From the first midnight of the readings to the last; of an hour where there are none. */
const wholeOf = ({ daily, summary }: Preview): Span => {
  const [first, last] = [daily[0], daily.at(-1)];
  if (first !== undefined && last !== undefined) return { from: first.period.from, to: last.period.to };
  const from = summary.first ?? 0;
  return { from, to: from + 3_600_000 };
};

const datesOf = ({ from, to }: Span, localTime: LocalTime): string => {
  const [first, last] = [from, to - 1].map((time) => formatTime(time, localTime, "date"));
  return first === last ? `on ${first}` : `from ${first} to ${last}`;
};

interface Props {
  readonly preview: Preview;
  readonly localTime: LocalTime;
  /** While uploading: which days have arrived. */
  readonly done: ReadonlyArray<boolean> | undefined;
}

/** What the data look like: one stated period, and everything about it. */
export const PreviewView = ({ preview, localTime, done }: Props) => {
  const [chosenUnit, setUnit] = usePreference("unit", units);
  const [chosenTargets, setTargets] = usePreference("targets", targetNames);
  const unit = chosenUnit ?? preview.unit;
  const targetName = chosenTargets ?? "standard";
  const targets = targetsOf(targetName);
  const { period, setPeriod, view, isPending } = usePeriodView(preview, targetName);
  const whole = wholeOf(preview);
  const lastDay = preview.days.at(-1);
  const [date, setDate] = useState(() => {
    const latest = preview.daily.at(-1)?.firstDay;
    return latest ?? (lastDay === undefined ? "" : formatDateInput(lastDay.start, localTime.offsetAt));
  });
  const hasGlucose = preview.glucose.times.length > 0;
  return (
    <>
      <section className="card" aria-labelledby="glucose">
        <div className="card-head">
          <h2 id="glucose">{hasGlucose ? `Glucose ${datesOf(period ?? whole, localTime)}` : "Glucose"}</h2>
          {hasGlucose && (
            <Choice legend="Glucose in" choices={units.map((name) => [name, name])} value={unit} onValue={setUnit} />
          )}
        </div>
        {hasGlucose ? (
          <>
            <PeriodBar whole={whole} period={period} localTime={localTime} onPeriod={setPeriod} />
            <HistoryView {...{ preview, localTime, unit, targets, whole, period }} onPeriod={setPeriod} />
            <p className="note">{localTime.name}</p>
          </>
        ) : (
          <p>There are no CGM readings in this file, so there is no curve to draw. It can be uploaded all the same.</p>
        )}
      </section>
      {hasGlucose && (
        <section className="card" aria-labelledby="numbers" aria-busy={isPending}>
          <div className="card-head">
            <h2 id="numbers">Numbers {datesOf(period ?? whole, localTime)}</h2>
            <label className="targets">
              Goals for{" "}
              <select value={targetName} onChange={({ target }) => setTargets(target.value as TargetSetName)}>
                {targetNames.map((name) => (
                  <option key={name} value={name}>
                    {targetSetNames[name]}
                  </option>
                ))}
              </select>
            </label>
          </div>
          <div className="split">
            <RangeView summary={view.summary} unit={unit} targets={targets} />
            <NumberTiles summary={view.summary} unit={unit} />
          </div>
        </section>
      )}
      {hasGlucose && <ProfileView profile={view.profile} unit={unit} targets={targets} />}
      {preview.days.length > 0 && (
        <section className="card" aria-labelledby="days">
          <h2 id="days">Days with data</h2>
          <CalendarView days={preview.days} localTime={localTime} done={done} chosen={date} onDate={setDate} />
        </section>
      )}
      {date !== "" && <DayView {...{ preview, view, localTime, unit, targets, whole, date }} onDate={setDate} />}
      <RecordsView localTime={localTime} />
    </>
  );
};
