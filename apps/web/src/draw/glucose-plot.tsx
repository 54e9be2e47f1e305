import { bands, targetSets } from "@tideway/metrics";
import { scaleLinear } from "d3-scale";
import { useId } from "react";
import type { LocalTime } from "../look/local-time.ts";
import type { Series } from "../look/series.ts";
import { sayGlucose, type Unit } from "../say/glucose.ts";
import { bandColours } from "./band-colours.ts";
import { curveOf } from "./curve.ts";
import { timeTicks } from "./time-ticks.ts";

interface Props {
  readonly series: Series;
  readonly from: number;
  readonly to: number;
  readonly unit: Unit;
  readonly localTime: LocalTime;
  readonly width: number;
  /** The finding, in words. */
  readonly title: string;
  readonly description: string;
  /** The reading that is pointed at. */
  readonly chosen: number | undefined;
  readonly onPoint: (time: number) => void;
}

const height = 300;
const margin = { top: 12, right: 10, bottom: 28, left: 40 };
const { veryLow, low, high, veryHigh } = targetSets.standard;
// 54 and 70 are so close that their labels would touch.
const labelShift = (bound: number): string => (bound === veryLow ? "0.75em" : bound === low ? "0.1em" : "0.32em");
const bounds = [0, veryLow, low, high, veryHigh, 600];

/** The glucose curve of a span: line in the colours of the bands, target range shaded, gaps left open. */
export const GlucosePlot = ({
  series,
  from,
  to,
  unit,
  localTime,
  width,
  title,
  description,
  chosen,
  onPoint
}: Props) => {
  const id = useId();
  const top = series.mgdl.reduce((most, value) => Math.max(most, value), 0) > 350 ? 450 : 350;
  const x = scaleLinear([from, to], [margin.left, width - margin.right]);
  const y = scaleLinear([0, top], [height - margin.bottom, margin.top]).clamp(true);
  const left = margin.left;
  const right = width - margin.right;
  const chosenTime = chosen === undefined ? undefined : series.times[chosen];
  const chosenValue = chosen === undefined ? undefined : series.mgdl[chosen];

  return (
    <svg
      role="img"
      aria-labelledby={`${id}title ${id}description`}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      onPointerMove={({ nativeEvent }) => onPoint(x.invert(nativeEvent.offsetX))}
      className="plot"
    >
      <title id={`${id}title`}>{title}</title>
      <desc id={`${id}description`}>{description}</desc>
      <defs>
        <linearGradient id={`${id}bands`} gradientUnits="userSpaceOnUse" x1="0" x2="0" y1={y(0)} y2={y(top)}>
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
            {sayGlucose(bound, unit)}
          </text>
        </g>
      ))}
      {timeTicks(from, to, right - left, localTime).map(({ time, label }) => (
        <g key={time}>
          <line x1={x(time)} x2={x(time)} y1={margin.top} y2={height - margin.bottom} className="plot-tick" />
          <text x={Math.min(x(time) + 3, right - 34)} y={height - 9} textAnchor="start">
            {label}
          </text>
        </g>
      ))}
      <path d={curveOf(series, from, to, { x, y })} stroke={`url(#${id}bands)`} className="plot-curve" />
      {chosenTime !== undefined && chosenValue !== undefined && (
        <g className="plot-chosen">
          <line x1={x(chosenTime)} x2={x(chosenTime)} y1={margin.top} y2={height - margin.bottom} />
          <circle cx={x(chosenTime)} cy={y(chosenValue)} r="5" />
        </g>
      )}
    </svg>
  );
};
