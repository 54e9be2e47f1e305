import { bandOf, type Statistics, type Targets, targetSets } from "@tideway/metrics";
import type { TimeChartOptions } from "./chart-options.ts";
import type { PlotArea, TimeChart } from "./chart.ts";
import { bandColour, colour } from "./colours.ts";
import { formatCount } from "./count.ts";
import { type DayEvents, eventsBetween, noEvents } from "./day-events.ts";
import { dayTable } from "./day-table.ts";
import { glucoseAxis, glucoseAxisWidth } from "./glucose-axis.ts";
import { formatGlucoseIn, type GlucoseUnit } from "./glucose-unit.ts";
import { daysAfter, formatTime, midnightOf, utc } from "./local-clock.ts";
import { type GlucoseSeries, indexAt } from "./series.ts";
import { type Shape, shape } from "./shape.ts";
import { basalShapes, doseShapes } from "./therapy-shapes.ts";
import { timeAxis } from "./time-axis.ts";

/** Which day to draw, and how. */
export interface DayChartOptions extends TimeChartOptions {
  /** Any moment of the day, in milliseconds since 1970. */
  readonly day: number;
  /** Insulin, carbohydrates and fingersticks, in the order of time, of any span. Default: none. */
  readonly events?: DayEvents;
  /** What `periods()` of metrics says of the day, for the finding. */
  readonly statistics?: Statistics | undefined;
}

const dosesHeight = 74;
const basalHeight = 52;
const gap = 10;

/**
 * One day from midnight to midnight on the wearer's clock, 23 or 25 hours long where the clock is changed: glucose and
 * fingersticks above, boluses and carbohydrates in the middle, the basal rate below; what a day has none of takes no room.
 */
export const dayChart = (
  series: GlucoseSeries,
  {
    day,
    events = noEvents,
    statistics,
    width = 720,
    height,
    unit = "mg/dL",
    targets = targetSets.standard,
    offsetAt = utc
  }: DayChartOptions
): TimeChart => {
  const from = midnightOf(day, offsetAt);
  const to = daysAfter(from, 1, offsetAt);
  const own = eventsBetween(events, from, to);
  const doses = own.boluses.length + own.carbohydrates.length > 0 ? dosesHeight + gap : 0;
  const basals = own.basals.length > 0 ? basalHeight + gap : 0;
  const glucoseBottom = (height === undefined ? 232 : height - doses - basals) - 24;
  const area: PlotArea = {
    left: glucoseAxisWidth,
    right: width - 8,
    top: 8,
    bottom: glucoseBottom + doses + basals
  };
  const [first, end] = [indexAt(series, from), indexAt(series, to)];
  const highest = Math.max(...series.mgdl.subarray(first, end), ...own.fingersticks.map(({ mgdl }) => mgdl), 0);
  const axis = glucoseAxis({ ...area, bottom: glucoseBottom }, { highest, targets, unit });
  const { x, shapes } = timeAxis(area, { from, to, offsetAt });
  const dosesArea = { ...area, top: glucoseBottom + gap, bottom: glucoseBottom + doses };
  const basalArea = { ...area, top: glucoseBottom + doses + gap, bottom: area.bottom };
  return {
    title: formatTime(from, offsetAt, "weekday"),
    finding: findingOf({ readings: end - first, events: own, statistics, unit }),
    width,
    height: area.bottom + 24,
    area,
    from,
    to,
    shapes: [
      ...axis.shapes,
      ...shapes,
      ...dots(series, { first, end, targets }, x, axis.y),
      ...own.fingersticks.map(({ time, mgdl }) =>
        shape("circle", {
          cx: x(time),
          cy: axis.y(mgdl),
          r: 5.5,
          fill: bandColour(bandOf(mgdl, targets)),
          stroke: colour("ink"),
          "stroke-width": 1.5
        })
      ),
      ...(doses > 0 ? doseShapes(own, dosesArea, x) : []),
      ...(basals > 0 ? basalShapes(own.basals, basalArea, x) : [])
    ],
    table: () => dayTable(series, own, { from, to, unit, offsetAt })
  };
};

const dots = (
  series: GlucoseSeries,
  { first, end, targets }: { readonly first: number; readonly end: number; readonly targets: Targets },
  x: (time: number) => number,
  y: (mgdl: number) => number
): ReadonlyArray<Shape> => {
  const paths = new Map<string, string>();
  for (let index = first; index < end; index++) {
    const mgdl = series.mgdl[index] ?? 0;
    const stroke = bandColour(bandOf(mgdl, targets));
    const dot = `M${x(series.times[index] ?? 0).toFixed(1)},${y(mgdl).toFixed(1)}h0`;
    paths.set(stroke, (paths.get(stroke) ?? "") + dot);
  }
  return [...paths].map(([stroke, d]) =>
    shape("path", { d, fill: "none", stroke, "stroke-width": 4.4, "stroke-linecap": "round" })
  );
};

const sum = (values: ReadonlyArray<number>): number => values.reduce((sum, value) => sum + value, 0);

const findingOf = ({
  readings,
  events,
  statistics,
  unit
}: {
  readonly readings: number;
  readonly events: DayEvents;
  readonly statistics: Statistics | undefined;
  readonly unit: GlucoseUnit;
}): string => {
  const { fingersticks, boluses, carbohydrates } = events;
  const inRange =
    statistics === undefined || typeof statistics.mean !== "number"
      ? ""
      : `, mean ${formatGlucoseIn(statistics.mean, unit)}, ${statistics.bands.target.toFixed(0)} % in range`;
  const units = sum(boluses.map(({ normal, extended }) => normal + extended));
  const parts = [
    `${formatCount(readings, "reading")}${inRange}`,
    ...(fingersticks.length > 0 ? [formatCount(fingersticks.length, "fingerstick")] : []),
    ...(boluses.length > 0
      ? [`${boluses.length} bolus${boluses.length === 1 ? "" : "es"}, ${units.toFixed(1)} units`]
      : []),
    ...(carbohydrates.length > 0
      ? [`${sum(carbohydrates.map(({ grams }) => grams)).toFixed(0)} g of carbohydrates`]
      : [])
  ];
  return `${parts.join("; ")}.`;
};
