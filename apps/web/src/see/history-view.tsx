import { formatGlucoseIn, type GlucoseUnit, historyChart, nearestIndex, type TimeChart } from "@tideway/charts";
import { bandNames } from "@tideway/charts";
import { bandOf, type Span, type Targets } from "@tideway/metrics";
import { type PointerEvent, useId, useMemo, useState } from "react";
import { ChartSvg } from "../charts/chart-svg.tsx";
import { ChartTable } from "../charts/chart-table.tsx";
import { useWidth } from "../charts/use-width.ts";
import { formatTime } from "../format/date.ts";
import type { LocalTime } from "../preview/local-time.ts";
import type { Preview } from "../preview/preview.ts";

const shortest = 3_600_000;
/** Pixels from which on a drag means a span. */
const drag = 8;

const timeAt = ({ area, from, to }: TimeChart, x: number): number => {
  const share = (x - area.left) / (area.right - area.left);
  return from + Math.min(1, Math.max(0, share)) * (to - from);
};
const placeOf = ({ area, from, to }: TimeChart, time: number): number =>
  area.left + ((time - from) / (to - from)) * (area.right - area.left);

interface Props {
  readonly preview: Preview;
  readonly localTime: LocalTime;
  readonly unit: GlucoseUnit;
  readonly targets: Targets;
  readonly whole: Span;
  readonly period: Span | undefined;
  readonly onPeriod: (period: Span | undefined) => void;
}

/** The glucose of the period, to be moved through and zoomed into: by buttons, by dragging over a span, by arrow keys to one reading. */
export const HistoryView = ({ preview, localTime, unit, targets, whole, period, onPeriod }: Props) => {
  const { glucose } = preview;
  const { offsetAt } = localTime;
  const { from, to } = period ?? whole;
  const id = useId();
  const [ref, width] = useWidth<HTMLDivElement>();
  const [chosen, setChosen] = useState<number>();
  const [dragged, setDragged] = useState<readonly [from: number, to: number]>();
  const chart = useMemo(
    () => (width > 0 ? historyChart(glucose, { from, to, width, height: 260, unit, targets, offsetAt }) : undefined),
    [glucose, from, to, width, unit, targets, offsetAt]
  );

  /** Keeps a span inside of what there is; all of it where that is as long. */
  const show = (start: number, length: number): void => {
    setChosen(undefined);
    if (length >= whole.to - whole.from) return onPeriod(undefined);
    const begin = Math.min(Math.max(whole.from, start), whole.to - length);
    onPeriod({ from: Math.round(begin), to: Math.round(begin + length) });
  };
  const zoom = (factor: number): void => {
    const length = Math.max(shortest, (to - from) * factor);
    const middle = chosen === undefined ? (from + to) / 2 : (glucose.times[chosen] ?? from);
    show(middle - length / 2, length);
  };
  const point = ({ nativeEvent, buttons }: PointerEvent): void => {
    if (chart === undefined) return;
    const time = timeAt(chart, nativeEvent.offsetX);
    if (buttons === 1 && dragged !== undefined) setDragged([dragged[0], time]);
    setChosen(nearestIndex(glucose, time));
  };
  const release = (): void => {
    if (chart === undefined || dragged === undefined) return;
    const [a, b] = [Math.min(...dragged), Math.max(...dragged)];
    setDragged(undefined);
    if (placeOf(chart, b) - placeOf(chart, a) >= drag) show(a, Math.max(shortest, b - a));
  };

  const [first, last] = [nearestIndex(glucose, from) ?? 0, nearestIndex(glucose, to - 1) ?? 0];
  const time = chosen === undefined ? undefined : glucose.times[chosen];
  const mgdl = chosen === undefined ? undefined : glucose.mgdl[chosen];
  const said =
    time === undefined || mgdl === undefined
      ? ""
      : `${formatTime(time, localTime, "moment")} · ${formatGlucoseIn(mgdl, unit)} · ${bandNames[bandOf(mgdl, targets)].toLowerCase()}`;
  return (
    <figure>
      <div className="chart-move">
        <button type="button" aria-disabled={from <= whole.from} onClick={() => show(from - (to - from), to - from)}>
          Earlier
        </button>
        <button type="button" aria-disabled={to >= whole.to} onClick={() => show(to, to - from)}>
          Later
        </button>
        <button type="button" aria-disabled={to - from <= shortest} onClick={() => zoom(0.5)}>
          Zoom in
        </button>
        <button type="button" aria-disabled={period === undefined} onClick={() => zoom(2)}>
          Zoom out
        </button>
        <small>Drag over the curve to see a part of it.</small>
      </div>
      <div ref={ref} className="chart-frame">
        {chart && (
          <ChartSvg
            chart={chart}
            onPointerDown={({ nativeEvent, currentTarget, pointerType }) => {
              if (pointerType === "touch") return;
              currentTarget.setPointerCapture(nativeEvent.pointerId);
              const start = timeAt(chart, nativeEvent.offsetX);
              setDragged([start, start]);
            }}
            onPointerMove={point}
            onPointerUp={release}
            onPointerCancel={() => setDragged(undefined)}
          >
            {dragged && (
              <rect
                className="plot-dragged"
                x={placeOf(chart, Math.min(...dragged))}
                width={placeOf(chart, Math.max(...dragged)) - placeOf(chart, Math.min(...dragged))}
                y={chart.area.top}
                height={chart.area.bottom - chart.area.top}
              />
            )}
            {time !== undefined && time >= from && time < to && (
              <line
                className="plot-chosen"
                x1={placeOf(chart, time)}
                x2={placeOf(chart, time)}
                y1={chart.area.top}
                y2={chart.area.bottom}
              />
            )}
          </ChartSvg>
        )}
      </div>
      <div className="chart-reading">
        <label className="unseen" htmlFor={id}>
          Reading
        </label>
        <input
          id={id}
          type="range"
          min={first}
          max={Math.max(first, last)}
          value={Math.min(Math.max(chosen ?? first, first), last)}
          aria-valuetext={said === "" ? "no reading chosen" : said}
          onChange={({ target }) => setChosen(Number(target.value))}
        />
      </div>
      <p className="chart-said">{said}</p>
      <figcaption>{chart?.finding}</figcaption>
      {chart && <ChartTable chart={chart} />}
    </figure>
  );
};
