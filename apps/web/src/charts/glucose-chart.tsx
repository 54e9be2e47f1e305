import { bandOf, summarize, targetSets } from "@tideway/metrics";
import { useId, useMemo, useState } from "react";
import { bandNames } from "../format/band.ts";
import { formatTime } from "../format/date.ts";
import { formatGlucoseIn, type Unit } from "../format/glucose.ts";
import { formatCount } from "../format/number.ts";
import { daysBefore, midnightOf } from "../preview/local-days.ts";
import type { LocalTime } from "../preview/local-time.ts";
import type { Preview } from "../preview/preview.ts";
import { indexAt, readingsBetween, type Series } from "../preview/series.ts";
import { gapsOf } from "./curve.ts";
import { GlucosePlot } from "./glucose-plot.tsx";
import { useWidth } from "./use-width.ts";

const spans = [1, 3, 7, 14, 30, 90] as const;

const nearest = (series: Series, time: number): number => {
  const after = Math.min(indexAt(series, time), series.times.length - 1);
  const before = Math.max(0, after - 1);
  return time - (series.times[before] ?? 0) < (series.times[after] ?? 0) - time ? before : after;
};

const describe = (series: Series, from: number, to: number, unit: Unit): string => {
  const readings = readingsBetween(series, from, to + 1);
  if (readings.length === 0) return "There are no readings in this span.";
  const { bands } = summarize(readings);
  const [least, most] = readings.reduce(([a, b], { value }) => [Math.min(a, value), Math.max(b, value)], [Infinity, 0]);
  const gaps = gapsOf(series, from, to);
  return (
    `${formatCount(readings.length, "reading")} between ${formatGlucoseIn(least, unit)} and ${formatGlucoseIn(most, unit)}: ` +
    `${bands.target.toFixed(0)} % in range, ${(bands.low + bands.veryLow).toFixed(1)} % below, ` +
    `${(bands.high + bands.veryHigh).toFixed(1)} % above; ${formatCount(gaps, "gap")}.`
  );
};

interface Props {
  readonly preview: Preview;
  readonly localTime: LocalTime;
  readonly unit: Unit;
}

/** The glucose curve with what moves it: how many days to see, earlier and later, and a reading to look at. */
export const GlucoseChart = ({ preview, localTime, unit }: Props) => {
  const series = preview.glucose;
  const id = useId();
  const [ref, width] = useWidth<HTMLDivElement>();
  const first = midnightOf(series.times[0] ?? 0, localTime);
  const last = series.times.at(-1) ?? 0;
  const [days, setDays] = useState<number>(7);
  const end = daysBefore(midnightOf(last, localTime), -1, localTime);
  const [from, setFrom] = useState(() => Math.max(first, daysBefore(end, 7, localTime)));
  const [chosen, setChosen] = useState<number>();
  const to = Math.min(end, daysBefore(from, -days, localTime));

  const show = (start: number, span: number): void => {
    setDays(span);
    setFrom(Math.max(first, Math.min(start, daysBefore(end, span, localTime))));
    setChosen(undefined);
  };
  const seen = [indexAt(series, from), indexAt(series, to) - 1] as const;
  const isEmpty = seen[1] < seen[0];
  const title = `Glucose from ${formatTime(from, localTime, "date")} to ${formatTime(to - 1, localTime, "date")}`;
  const description = useMemo(() => describe(series, from, to, unit), [series, from, to, unit]);
  const value = chosen === undefined ? undefined : series.mgdl[chosen];
  const said =
    chosen === undefined || value === undefined
      ? isEmpty
        ? "There are no readings in this span."
        : "Point at the curve, or move the slider, to read a value."
      : `${formatTime(series.times[chosen] ?? 0, localTime, "moment")} · ${formatGlucoseIn(value, unit)} · ` +
        bandNames[bandOf(value, targetSets.standard)].toLowerCase();

  return (
    <figure className="chart">
      <figcaption className="chart-head">
        <strong>{title}</strong>
        <span className="chart-move">
          <button
            type="button"
            aria-disabled={from <= first}
            onClick={() => show(daysBefore(from, days, localTime), days)}
          >
            Earlier
          </button>
          <label htmlFor={`${id}days`} className="unseen">
            Days to see
          </label>
          <select
            id={`${id}days`}
            value={days}
            onChange={({ target }) => show(daysBefore(to, Number(target.value), localTime), Number(target.value))}
          >
            {spans.map((span) => (
              <option key={span} value={span}>
                {formatCount(span, "day")}
              </option>
            ))}
          </select>
          <button
            type="button"
            aria-disabled={to >= end}
            onClick={() => show(daysBefore(from, -days, localTime), days)}
          >
            Later
          </button>
        </span>
      </figcaption>
      <div ref={ref} className="chart-frame">
        {width > 0 && (
          <GlucosePlot
            series={series}
            from={from}
            to={to}
            unit={unit}
            localTime={localTime}
            width={width}
            title={title}
            description={description}
            chosen={chosen}
            onPoint={(time) => !isEmpty && setChosen(Math.max(seen[0], Math.min(seen[1], nearest(series, time))))}
          />
        )}
      </div>
      <div className="chart-reading">
        <label htmlFor={`${id}reading`} className="unseen">
          Reading
        </label>
        <input
          id={`${id}reading`}
          type="range"
          disabled={isEmpty}
          min={seen[0]}
          max={seen[1]}
          value={chosen ?? seen[0]}
          aria-valuetext={said}
          onChange={({ target }) => setChosen(Number(target.value))}
        />
        {/* Not announced by itself: the pointer would set it off with every move, and the slider says it. */}
        <p className="chart-said">{said}</p>
      </div>
      <p className="note">
        Glucose in {unit}. {localTime.name} Where readings are missing, nothing is drawn.
      </p>
    </figure>
  );
};
