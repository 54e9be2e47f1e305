import { dayChart, daysAfter, type GlucoseUnit, midnightOf } from "@tideway/charts";
import type { Span, Targets } from "@tideway/metrics";
import { useCallback } from "react";
import { ChartFigure } from "../charts/chart-figure.tsx";
import { formatDateInput, momentOfDate } from "../format/date-input.ts";
import { formatTime } from "../format/date.ts";
import type { LocalTime } from "../preview/local-time.ts";
import type { PeriodView } from "../preview/preview-records.ts";
import type { Preview } from "../preview/preview.ts";

interface Props {
  readonly preview: Preview;
  readonly view: PeriodView;
  readonly localTime: LocalTime;
  readonly unit: GlucoseUnit;
  readonly targets: Targets;
  readonly whole: Span;
  /** The local date that is shown. */
  readonly date: string;
  readonly onDate: (date: string) => void;
}

/** One day: glucose, fingersticks, boluses, carbohydrates and basal rate, with the days before and after it. */
export const DayView = ({ preview, view, localTime, unit, targets, whole, date, onDate }: Props) => {
  const { offsetAt } = localTime;
  const { glucose, events } = preview;
  const midnight = momentOfDate(date, offsetAt) ?? midnightOf(whole.to - 1, offsetAt);
  const statistics = view.daily.find(({ firstDay }) => firstDay === date)?.statistics;
  const draw = useCallback(
    (width: number) => dayChart(glucose, { day: midnight + 1, events, statistics, width, unit, targets, offsetAt }),
    [glucose, midnight, events, statistics, unit, targets, offsetAt]
  );
  const go = (days: number): void => onDate(formatDateInput(daysAfter(midnight, days, offsetAt), offsetAt));
  return (
    <section className="card" aria-labelledby="day">
      <div className="card-head">
        <h2 id="day">{formatTime(midnight, localTime, "date")}</h2>
        <div className="chart-move">
          <button type="button" onClick={() => go(-1)}>
            Day before
          </button>
          <button type="button" onClick={() => go(1)}>
            Day after
          </button>
          <label>
            <span className="unseen">Day</span>
            <input type="date" value={date} onChange={({ target }) => target.value !== "" && onDate(target.value)} />
          </label>
        </div>
      </div>
      <ChartFigure draw={draw} minHeight={256} />
    </section>
  );
};
