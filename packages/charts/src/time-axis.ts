import type { OffsetAt } from "@tideway/metrics";
import { scaleLinear } from "d3-scale";
import type { PlotArea } from "./chart.ts";
import { colour } from "./colours.ts";
import { type Shape, shape } from "./shape.ts";
import { timeTicks } from "./time-ticks.ts";

/** Where moments stand in a drawing. */
export interface TimeAxis {
  readonly x: (time: number) => number;
  readonly shapes: ReadonlyArray<Shape>;
}

/** At most, in pixels: a label that would be cut at the edge is left out, its line stays. */
const letterWidth = 6.4;

/** The horizontal axis of a chart over time. */
export const timeAxis = (
  { left, right, top, bottom }: PlotArea,
  { from, to, offsetAt }: { readonly from: number; readonly to: number; readonly offsetAt: OffsetAt }
): TimeAxis => {
  const x = scaleLinear([from, to], [left, right]);
  return {
    x,
    shapes: timeTicks(from, to, right - left, offsetAt).flatMap(({ time, label }) => [
      shape("line", { x1: x(time), x2: x(time), y1: top, y2: bottom, stroke: colour("grid") }),
      ...(x(time) + 3 + label.length * letterWidth <= right + 8
        ? [shape("text", { x: x(time) + 3, y: bottom + 17, fill: colour("soft"), "font-size": 11 }, label)]
        : [])
    ])
  };
};
