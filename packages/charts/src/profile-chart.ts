import { bandOf, type Percentiles, type ProfileBin, smoothProfile, type Targets, targetSets } from "@tideway/metrics";
import { area, curveMonotoneX, line } from "d3-shape";
import type { GlucoseChartOptions } from "./chart-options.ts";
import type { Chart, PlotArea } from "./chart.ts";
import { colour } from "./colours.ts";
import { numbers, words } from "./data-table.ts";
import { glucoseAxis, glucoseAxisWidth } from "./glucose-axis.ts";
import { formatGlucose, formatGlucoseIn, type GlucoseUnit } from "./glucose-unit.ts";
import { type Shape, shape } from "./shape.ts";

const minutesOfDay = 1440;

/** A moment of the day with its percentiles; undefined where there are none. */
interface Point {
  readonly minutes: number;
  readonly percentiles: Percentiles | undefined;
}

const clockText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(Math.round(minutes % 60)).padStart(2, "0")}`;

/** Half-way between the last bin of a day and the first of the next: where the curve passes midnight. */
const atMidnight = (bins: ReadonlyArray<ProfileBin>): Percentiles | undefined => {
  const [last, first] = [bins.at(-1)?.percentiles, bins[0]?.percentiles];
  if (last === undefined || first === undefined) return undefined;
  const mean = (name: keyof Percentiles): number => (last[name] + first[name]) / 2;
  return { p5: mean("p5"), p25: mean("p25"), p50: mean("p50"), p75: mean("p75"), p95: mean("p95") };
};

const pointsOf = (bins: ReadonlyArray<ProfileBin>): ReadonlyArray<Point> => {
  const half = minutesOfDay / bins.length / 2;
  const midnight = atMidnight(bins);
  return [
    { minutes: 0, percentiles: midnight },
    ...bins.map(({ from, percentiles }) => ({ minutes: from + half, percentiles })),
    { minutes: minutesOfDay, percentiles: midnight }
  ];
};

/** How a profile is drawn. */
export interface ProfileChartOptions extends GlucoseChartOptions {
  /** Whether to smooth the percentiles as Tidepool does. Default: true; the table is never smoothed. */
  readonly isSmooth?: boolean;
}

/**
 * The ambulatory glucose profile (AGP): the median over the hours of a day, the middle half of the readings around it, and
 * the middle nine tenths. Takes what `profile()` of metrics gives where it is not withheld.
 */
export const profileChart = (
  profile: ReadonlyArray<ProfileBin>,
  {
    width = 720,
    height = 280,
    unit = "mg/dL",
    targets = targetSets.standard,
    isSmooth = true
  }: ProfileChartOptions = {}
): Chart => {
  const plot: PlotArea = { left: glucoseAxisWidth, right: width - 8, top: 8, bottom: height - 24 };
  const drawn = isSmooth ? smoothProfile(profile) : profile;
  const points = pointsOf(drawn);
  const highest = drawn.reduce((most, { percentiles }) => Math.max(most, percentiles?.p95 ?? 0), 0);
  const axis = glucoseAxis(plot, { highest, targets, unit });
  const x = (minutes: number): number => plot.left + (minutes / minutesOfDay) * (plot.right - plot.left);
  return {
    title: "Glucose over the day (AGP)",
    finding: findingOf(profile, targets, unit),
    width,
    height,
    shapes: [...axis.shapes, ...hourTicks(plot, x), ...curvesOf(points, x, axis.y)],
    table: () => ({
      caption: `Percentiles of glucose by time of day, in ${unit}`,
      columns: [
        words("From"),
        numbers("Readings"),
        numbers("5 %"),
        numbers("25 %"),
        numbers("Median"),
        numbers("75 %"),
        numbers("95 %")
      ],
      rows: profile.map(({ from, count, percentiles }) => [
        clockText(from),
        String(count),
        ...(["p5", "p25", "p50", "p75", "p95"] as const).map((name) =>
          percentiles === undefined ? "–" : formatGlucose(percentiles[name], unit)
        )
      ])
    })
  };
};

const curvesOf = (
  points: ReadonlyArray<Point>,
  x: (minutes: number) => number,
  y: (mgdl: number) => number
): ReadonlyArray<Shape> => {
  const place = ({ minutes }: Point): number => x(minutes);
  const isKnown = ({ percentiles }: Point): boolean => percentiles !== undefined;
  const at =
    (name: keyof Percentiles) =>
    ({ percentiles }: Point): number =>
      y(percentiles?.[name] ?? 0);
  const between = (low: keyof Percentiles, high: keyof Percentiles): string =>
    area<Point>().defined(isKnown).curve(curveMonotoneX).x(place).y0(at(low)).y1(at(high)).digits(1)(points) ?? "";
  const along = (name: keyof Percentiles): string =>
    line<Point>().defined(isKnown).curve(curveMonotoneX).x(place).y(at(name)).digits(1)(points) ?? "";
  const edge = { fill: "none", stroke: colour("profile-edge"), "stroke-width": 1 };
  return [
    shape("path", { d: between("p5", "p95"), fill: colour("profile-outer"), "fill-opacity": 0.85 }),
    shape("path", { d: between("p25", "p75"), fill: colour("profile-inner"), "fill-opacity": 0.85 }),
    ...(["p5", "p95"] as const).map((name) => shape("path", { d: along(name), ...edge, "stroke-dasharray": "4 3" })),
    ...(["p25", "p75"] as const).map((name) => shape("path", { d: along(name), ...edge })),
    shape("path", { d: along("p50"), fill: "none", stroke: colour("profile-median"), "stroke-width": 3 })
  ];
};

/** A line and a label every three hours, every six where there is little room. */
const hourTicks = ({ left, right, top, bottom }: PlotArea, x: (minutes: number) => number): ReadonlyArray<Shape> => {
  const step = right - left < 380 ? 6 : 3;
  return Array.from({ length: 24 / step + 1 }, (_, index) => index * step).flatMap((hours) => [
    shape("line", { x1: x(hours * 60), x2: x(hours * 60), y1: top, y2: bottom, stroke: colour("grid") }),
    shape(
      "text",
      {
        x: x(hours * 60),
        y: bottom + 17,
        "text-anchor": hours === 24 ? "end" : hours === 0 ? "start" : "middle",
        fill: colour("soft"),
        "font-size": 11
      },
      clockText(hours * 60)
    )
  ]);
};

/** A bin with readings. */
type KnownBin = ProfileBin & { readonly percentiles: Percentiles };

const isKnownBin = (bin: ProfileBin): bin is KnownBin => bin.percentiles !== undefined;

const findingOf = (profile: ReadonlyArray<ProfileBin>, targets: Targets, unit: GlucoseUnit): string => {
  const known = profile.filter(isKnownBin);
  const [first] = known;
  if (first === undefined) return "There are no CGM readings.";
  const most = (score: (bin: KnownBin) => number): KnownBin =>
    known.reduce((best, bin) => (score(bin) > score(best) ? bin : best), first);
  const lowest = most(({ percentiles }) => -percentiles.p50);
  const highest = most(({ percentiles }) => percentiles.p50);
  const width = ({ percentiles }: KnownBin): number => percentiles.p75 - percentiles.p25;
  const widest = most(width);
  const inRange = known.filter(({ percentiles }) => bandOf(percentiles.p50, targets) === "target").length;
  const hours = ((inRange * 24) / profile.length).toFixed(0);
  return (
    `The median is lowest around ${clockText(lowest.from)} (${formatGlucoseIn(lowest.percentiles.p50, unit)}) and highest ` +
    `around ${clockText(highest.from)} (${formatGlucoseIn(highest.percentiles.p50, unit)}); it is in range for ${hours} of 24 hours. ` +
    `Readings vary most around ${clockText(widest.from)}, where half of them lie within ${formatGlucoseIn(width(widest), unit)}.`
  );
};
