import { bands, targetSets } from "@tideway/metrics";
import { memo, useId } from "react";
import { formatGlucose, type Unit } from "../format/glucose.ts";
import type { LocalTime } from "../preview/local-time.ts";
import type { Series } from "../preview/series.ts";
import { bandColours } from "./band-colours.ts";
import { curveOf } from "./curve.ts";
import { plotHeight, plotMargin, plotScales } from "./plot-scales.ts";
import { timeTicks } from "./time-ticks.ts";

/** Which readings to draw, and how wide. */
export interface PlotCurveProps {
  readonly series: Series;
  readonly from: number;
  readonly to: number;
  readonly unit: Unit;
  readonly localTime: LocalTime;
  readonly width: number;
}

const { veryLow, low, high, veryHigh } = targetSets.standard;
const bounds = [0, veryLow, low, high, veryHigh, 600];

// 54 and 70 are so close that their labels would touch.
const labelShift = (bound: number): string => (bound === veryLow ? "0.75em" : bound === low ? "0.1em" : "0.32em");

/** At most, in pixels: a label that would be cut at the edge is left out, its tick stays. */
const letterWidth = 6.4;

/**
 * The curve with its axes: the line in the colours of the bands, the target range shaded, gaps left open. Drawn anew only
 * when its readings or its size change, not with each move of the pointer.
 */
export const PlotCurve = memo(({ series, from, to, unit, localTime, width }: PlotCurveProps) => {
  const id = useId();
  const { x, y, top } = plotScales(series, from, to, width);
  const left = plotMargin.left;
  const right = width - plotMargin.right;
  const bottom = plotHeight - plotMargin.bottom;
  return (
    <>
      <defs>
        <linearGradient id={id} gradientUnits="userSpaceOnUse" x1="0" x2="0" y1={y(0)} y2={y(top)}>
          {bands.flatMap((band, index) =>
            [bounds[index] ?? 0, bounds[index + 1] ?? top].map((bound) => (
              <stop key={`${band}${bound}`} offset={Math.min(1, bound / top)} stopColor={bandColours[band]} />
            ))
          )}
        </linearGradient>
      </defs>
      <rect x={left} y={y(high)} width={Math.max(0, right - left)} height={y(low) - y(high)} className="plot-target" />
      {[veryLow, low, high, veryHigh].map((bound) => (
        <g key={bound}>
          <line x1={left} x2={right} y1={y(bound)} y2={y(bound)} className="plot-bound" />
          <text x={left - 6} y={y(bound)} dy={labelShift(bound)} textAnchor="end">
            {formatGlucose(bound, unit)}
          </text>
        </g>
      ))}
      {timeTicks(from, to, right - left, localTime).map(({ time, label }) => (
        <g key={time}>
          <line x1={x(time)} x2={x(time)} y1={plotMargin.top} y2={bottom} className="plot-tick" />
          {x(time) + 3 + label.length * letterWidth <= width && (
            <text x={x(time) + 3} y={plotHeight - 9}>
              {label}
            </text>
          )}
        </g>
      ))}
      <path d={curveOf(series, from, to, { x, y })} stroke={`url(#${id})`} className="plot-curve" />
    </>
  );
});
PlotCurve.displayName = "PlotCurve";
