import { type ScaleLinear, scaleLinear } from "d3-scale";
import type { Series } from "../preview/series.ts";

/** How high the plot is, and what stays free around the curve for the axes, in pixels. */
export const plotHeight = 300;
export const plotMargin = { top: 12, right: 10, bottom: 28, left: 40 } as const;

/** Where moments and glucose are in the plot. */
export interface PlotScales {
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  /** The glucose at the upper edge, mg/dL: 350 as on printed reports, more only where readings need it. */
  readonly top: number;
}

/** The scales of a span of readings in a plot of some width. */
export const plotScales = ({ highest }: Series, from: number, to: number, width: number): PlotScales => {
  const top = highest > 450 ? 600 : highest > 350 ? 450 : 350;
  return {
    x: scaleLinear([from, to], [plotMargin.left, width - plotMargin.right]),
    y: scaleLinear([0, top], [plotHeight - plotMargin.bottom, plotMargin.top]).clamp(true),
    top
  };
};
