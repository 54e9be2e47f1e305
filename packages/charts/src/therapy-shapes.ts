import type { PlotArea } from "./chart.ts";
import { colour } from "./colours.ts";
import type { Basal, DayEvents } from "./day-events.ts";
import { type Shape, shape } from "./shape.ts";

const label = (area: PlotArea, text: string): Shape =>
  shape(
    "text",
    { x: area.left - 6, y: area.top + 10, "text-anchor": "end", fill: colour("soft"), "font-size": 11 },
    text
  );

const frame = ({ left, right, bottom }: PlotArea): Shape =>
  shape("line", { x1: left, x2: right, y1: bottom, y2: bottom, stroke: colour("bound") });

/** At least, in pixels, between two labels that are both written. */
const labelRoom = 26;

/** Says of each place whether its label has room beside the one before. */
const roomFor = (): ((place: number) => boolean) => {
  let last = -Infinity;
  return (place) => {
    if (place - last < labelRoom) return false;
    last = place;
    return true;
  };
};

/** Boluses as bars with their units above, what was given over a time as a line at their right; carbohydrates as circles with their grams. */
export const doseShapes = (
  { boluses, carbohydrates }: Pick<DayEvents, "boluses" | "carbohydrates">,
  area: PlotArea,
  x: (time: number) => number
): ReadonlyArray<Shape> => {
  const most = boluses.reduce((most, { normal, extended }) => Math.max(most, normal + extended), 1);
  const lower = area.top + 34;
  const heightOf = (units: number): number => Math.max(2, (units / most) * (area.bottom - lower - 12));
  const hasUnitsRoom = roomFor();
  const hasGramsRoom = roomFor();
  return [
    label(area, "g, U"),
    frame(area),
    ...carbohydrates.flatMap(({ time, grams }) => [
      shape("circle", {
        cx: x(time),
        cy: area.top + 20,
        r: Math.min(11, 4 + Math.sqrt(grams)),
        fill: "none",
        stroke: colour("carbohydrates"),
        "stroke-width": 2
      }),
      ...(hasGramsRoom(x(time))
        ? [
            shape(
              "text",
              { x: x(time), y: area.top + 24, "text-anchor": "middle", fill: colour("ink"), "font-size": 10.5 },
              grams.toFixed(0)
            )
          ]
        : [])
    ]),
    ...boluses.flatMap(({ time, normal, extended, duration }) => {
      const top = area.bottom - heightOf(normal + extended);
      const tail = extended > 0 ? Math.max(4, x(time + duration) - x(time)) : 0;
      return [
        shape("rect", { x: x(time) - 2.5, y: top, width: 5, height: area.bottom - top, fill: colour("insulin") }),
        ...(tail > 0
          ? [
              shape("rect", {
                x: x(time),
                y: area.bottom - heightOf(extended),
                width: Math.min(tail, area.right - x(time)),
                height: 3,
                fill: colour("insulin")
              })
            ]
          : []),
        ...(hasUnitsRoom(x(time))
          ? [
              shape(
                "text",
                { x: x(time), y: top - 3, "text-anchor": "middle", fill: colour("ink"), "font-size": 10.5 },
                (normal + extended).toFixed(1)
              )
            ]
          : [])
      ];
    })
  ];
};

/** The basal rate as steps; while the pump is suspended a dashed line at the bottom. */
export const basalShapes = (
  basals: ReadonlyArray<Basal>,
  area: PlotArea,
  x: (time: number) => number
): ReadonlyArray<Shape> => {
  const most = basals.reduce((most, { rate }) => Math.max(most, rate), 0.5);
  const y = (rate: number): number => area.bottom - (rate / most) * (area.bottom - area.top - 14);
  const delivered = basals
    .filter(({ isSuspended }) => !isSuspended)
    .map(
      ({ from, to, rate }) =>
        `M${x(from).toFixed(1)},${area.bottom}V${y(rate).toFixed(1)}H${x(to).toFixed(1)}V${area.bottom}`
    );
  const suspended = basals
    .filter(({ isSuspended }) => isSuspended)
    .map(({ from, to }) => `M${x(from).toFixed(1)},${area.bottom - 2}H${x(to).toFixed(1)}`);
  return [
    label(area, "U/h"),
    frame(area),
    shape("path", {
      d: delivered.join(""),
      fill: colour("insulin"),
      "fill-opacity": 0.25,
      stroke: colour("insulin"),
      "stroke-width": 1
    }),
    shape("path", {
      d: suspended.join(""),
      fill: "none",
      stroke: colour("soft"),
      "stroke-width": 3,
      "stroke-dasharray": "4 3"
    }),
    shape(
      "text",
      { x: area.right, y: area.top + 10, "text-anchor": "end", fill: colour("soft"), "font-size": 11 },
      `up to ${most.toFixed(2)} U/h`
    )
  ];
};
