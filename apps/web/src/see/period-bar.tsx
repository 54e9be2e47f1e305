import { daysAfter, midnightOf } from "@tideway/charts";
import type { Span } from "@tideway/metrics";
import { formatDateInput, momentOfDate } from "../format/date-input.ts";
import type { LocalTime } from "../preview/local-time.ts";

const presets = [90, 30, 14, 7, 1] as const;

const dayLength = 86_400_000;

interface Props {
  /** From the first midnight of the data to the last. */
  readonly whole: Span;
  readonly period: Span | undefined;
  readonly localTime: LocalTime;
  readonly onPeriod: (period: Span | undefined) => void;
}

/** States the period that everything below is about: all, the last so many days, or from one day to another. */
export const PeriodBar = ({ whole, period, localTime, onPeriod }: Props) => {
  const { offsetAt } = localTime;
  const shown = period ?? whole;
  const days = (whole.to - whole.from) / dayLength;
  const last = (count: number): Span => ({
    from: daysAfter(midnightOf(whole.to - 1, offsetAt), 1 - count, offsetAt),
    to: whole.to
  });
  const isLast = (count: number): boolean => period?.from === last(count).from && period.to === whole.to;
  const setDate = (end: "from" | "to", text: string): void => {
    const midnight = momentOfDate(text, offsetAt);
    if (midnight === undefined) return;
    const next = { ...shown, [end]: end === "from" ? midnight : daysAfter(midnight, 1, offsetAt) };
    if (next.to > next.from) onPeriod(next);
  };
  return (
    <div className="period" role="group" aria-label="Period">
      <button type="button" aria-pressed={period === undefined} onClick={() => onPeriod(undefined)}>
        All
      </button>
      {presets
        .filter((count) => count < days)
        .map((count) => (
          <button key={count} type="button" aria-pressed={isLast(count)} onClick={() => onPeriod(last(count))}>
            {count === 1 ? "Last day" : `${count} days`}
          </button>
        ))}
      <div className="period-dates">
        <label>
          From{" "}
          <input
            type="date"
            value={formatDateInput(shown.from, offsetAt)}
            min={formatDateInput(whole.from, offsetAt)}
            max={formatDateInput(whole.to - 1, offsetAt)}
            onChange={({ target }) => setDate("from", target.value)}
          />
        </label>
        <label>
          to{" "}
          <input
            type="date"
            value={formatDateInput(shown.to - 1, offsetAt)}
            min={formatDateInput(whole.from, offsetAt)}
            max={formatDateInput(whole.to - 1, offsetAt)}
            onChange={({ target }) => setDate("to", target.value)}
          />
        </label>
      </div>
    </div>
  );
};
