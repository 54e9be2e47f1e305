import { coverageCalendar, type CoverageDay } from "@tideway/charts";
import { useCallback } from "react";
import { ChartFigure } from "../charts/chart-figure.tsx";
import { formatDateInput } from "../format/date-input.ts";
import { formatCount } from "../format/number.ts";
import type { LocalTime } from "../preview/local-time.ts";
import type { Day } from "../preview/preview.ts";

interface Props {
  readonly days: ReadonlyArray<Day>;
  readonly localTime: LocalTime;
  /** While uploading: which days are uploaded already; the others are shown empty. */
  readonly done: ReadonlyArray<boolean> | undefined;
  readonly chosen: string | undefined;
  readonly onDate: (date: string) => void;
}

/** Parts the list of days where very many in a row have nothing. */
const stretchesOf = (days: ReadonlyArray<Day>): ReadonlyArray<ReadonlyArray<Day>> => {
  const stretches: Array<Array<Day>> = [];
  for (const day of days) {
    if (day.skipped > 0 || stretches.length === 0) stretches.push([]);
    stretches.at(-1)?.push(day);
  }
  return stretches;
};

/** The days that have data, in weeks and months: shows the gaps, fills while uploading, and a click shows the day. */
export const CalendarView = ({ days, localTime, done, chosen, onDate }: Props) => {
  const most = days.reduce((most, { datums }) => Math.max(most, datums), 1);
  const isDone = new Map(days.map((day, index) => [day, done === undefined || done[index] === true]));
  return (
    <>
      {stretchesOf(days).map((stretch) => (
        <div key={stretch[0]?.start}>
          {stretch[0] !== undefined && stretch[0].skipped > 0 && (
            <p className="note">… then nothing for {formatCount(stretch[0].skipped, "day")} …</p>
          )}
          <Stretch
            days={stretch.map((day): CoverageDay => ({
              date: formatDateInput(day.start, localTime.offsetAt),
              share: isDone.get(day) === true ? day.datums / most : 0,
              label: formatCount(day.datums, "datum")
            }))}
            chosen={chosen}
            onDate={onDate}
            isFilling={done !== undefined}
          />
        </div>
      ))}
    </>
  );
};

interface StretchProps {
  readonly days: ReadonlyArray<CoverageDay>;
  readonly chosen: string | undefined;
  readonly onDate: (date: string) => void;
  readonly isFilling: boolean;
}

const Stretch = ({ days, chosen, onDate, isFilling }: StretchProps) => {
  // The same picture as long as the same days are full: they are new objects with every render.
  const key = days.map(({ date, share }) => `${date}${share}`).join();
  const draw = useCallback(
    (width: number) =>
      coverageCalendar(days, { width, chosen, title: isFilling ? "Days that have arrived" : "Days with data" }),
    [key, chosen, isFilling]
  );
  return <ChartFigure draw={draw} minHeight={170} onDate={onDate} />;
};
