import { line } from "d3-shape";
import { indexAt, type Series } from "../preview/series.ts";

/** From moments and glucose to places on the drawing, in pixels. */
export interface Scales {
  readonly x: (time: number) => number;
  readonly y: (mgdl: number) => number;
}

type Point = readonly [time: number, mgdl: number];

const isReading = ([, mgdl]: Point): boolean => !Number.isNaN(mgdl);

/** The readings of a span, with a point that is none wherever there is a gap. */
const pointsOf = (series: Series, from: number, to: number): ReadonlyArray<Point> => {
  const points: Array<Point> = [];
  for (let index = indexAt(series, from); index < series.times.length; index++) {
    const time = series.times[index] ?? 0;
    if (time > to) break;
    const before = points.at(-1)?.[0] ?? time;
    if (time - before > series.gap) points.push([time, Number.NaN]);
    points.push([time, series.mgdl[index] ?? Number.NaN]);
  }
  return points;
};

/** The path of the readings of a span. A gap is a gap; a reading alone between two gaps is a dot, given round line ends. */
export const curveOf = (series: Series, from: number, to: number, { x, y }: Scales): string =>
  line<Point>()
    .defined(isReading)
    .x(([time]) => x(time))
    .y(([, mgdl]) => y(mgdl))
    .digits(1)(pointsOf(series, from, to)) ?? "";

/** How many gaps a span of readings has. */
export const gapsOf = (series: Series, from: number, to: number): number =>
  pointsOf(series, from, to).filter((point) => !isReading(point)).length;
