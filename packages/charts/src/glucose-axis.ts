import { bands, type Band, type Targets } from "@tideway/metrics";
import { scaleLinear } from "d3-scale";
import type { PlotArea } from "./chart.ts";
import { colour } from "./colours.ts";
import { formatGlucose, type GlucoseUnit } from "./glucose-unit.ts";
import { type Shape, shape } from "./shape.ts";

/** Where glucose stands in a drawing. */
export interface GlucoseAxis {
  /** The place of a value in mg/dL, in pixels from above; values beyond the edges stand at the edge. */
  readonly y: (mgdl: number) => number;
  /** The glucose at the upper edge, in mg/dL. */
  readonly top: number;
  /** The range that is aimed at, the bounds of the bands and their labels. */
  readonly shapes: ReadonlyArray<Shape>;
}

/** Pixels at the left for the labels. */
export const glucoseAxisWidth = 40;

/** The highest glucose that has to be seen makes the scale: 350 mg/dL as on printed reports, more only where it is needed. */
const topFor = (highest: number): number => {
  if (highest > 450) return 600;
  return highest > 350 ? 450 : 350;
};

/** The vertical axis of a chart of glucose. */
export const glucoseAxis = (
  { left, right, top: upper, bottom }: PlotArea,
  { highest, targets, unit }: { readonly highest: number; readonly targets: Targets; readonly unit: GlucoseUnit }
): GlucoseAxis => {
  const { veryLow, low, high, veryHigh } = targets;
  const top = topFor(highest);
  const y = scaleLinear([0, top], [bottom, upper]).clamp(true);
  // The two lowest labels would touch: they are moved apart.
  const shift = (bound: number): number => (bound === veryLow ? 9 : bound === low ? 1 : 4);
  return {
    y,
    top,
    shapes: [
      shape("rect", {
        x: left,
        y: y(high),
        width: Math.max(0, right - left),
        height: y(low) - y(high),
        fill: colour("range")
      }),
      ...[veryLow, low, high, veryHigh].flatMap((bound) => [
        shape("line", {
          x1: left,
          x2: right,
          y1: y(bound),
          y2: y(bound),
          stroke: colour(bound === low || bound === high ? "target" : "bound"),
          "stroke-dasharray": bound === low || bound === high ? "none" : "3 4"
        }),
        shape(
          "text",
          { x: left - 6, y: y(bound) + shift(bound), "text-anchor": "end", fill: colour("soft"), "font-size": 11 },
          formatGlucose(bound, unit)
        )
      ])
    ]
  };
};

/** A band with its bounds on a scale from 0 to `top`, in mg/dL. */
interface BandSpan {
  readonly band: Band;
  readonly from: number;
  readonly to: number;
}

/** The bands from the lowest, with where each begins and ends; values are whole mg/dL, so that bounds lie half-way between two. */
export const bandSpans = ({ veryLow, low, high, veryHigh }: Targets, top: number): ReadonlyArray<BandSpan> => {
  const bounds = [0, veryLow - 0.5, low - 0.5, high + 0.5, veryHigh + 0.5, top];
  return bands.map((band, index) => ({ band, from: bounds[index] ?? 0, to: bounds[index + 1] ?? top }));
};
