import type { ChartSize } from "./chart-options.ts";
import type { Chart } from "./chart.ts";
import { colour, type ColourName } from "./colours.ts";
import { formatCount } from "./count.ts";
import { numbers, words } from "./data-table.ts";
import { type Shape, shape } from "./shape.ts";

/** How much there is of one local day. */
export interface CoverageDay {
  /** The local date, such as `2026-03-01`. */
  readonly date: string;
  /** From 0, none, to 1, all that a day can have. */
  readonly share: number;
  /** What is said of it: `97 % of the day, 280 readings`. */
  readonly label: string;
}

/** How a calendar is drawn. */
export interface CalendarOptions extends ChartSize {
  /** What the shares are of, for the title. Default: `Days with CGM readings`. */
  readonly title?: string;
  /** The day that is marked, such as `2026-03-01`. Default: none. */
  readonly chosen?: string | undefined;
  /** Pixels of a cell. Default: 20. */
  readonly cell?: number;
}

const step = 2;
const headHeight = 36;
const monthGap = 18;
const dayLength = 86_400_000;

const monthName = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", month: "long", year: "numeric" });
const dayName = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric"
});

const shades: ReadonlyArray<ColourName> = ["coverage-1", "coverage-2", "coverage-3", "coverage-4"];

/** Monday is 0: weeks begin as in ISO 8601. */
const weekdayOf = (time: number): number => (new Date(time).getUTCDay() + 6) % 7;

/** The first days of all months that a list of days touches. */
const monthsOf = (days: ReadonlyArray<CoverageDay>): ReadonlyArray<number> => {
  const dates = days.map(({ date }) => date).sort();
  const [first, last] = [Date.parse(dates[0] ?? ""), Date.parse(dates.at(-1) ?? "")];
  if (Number.isNaN(first)) return [];
  const start = new Date(first);
  const months: Array<number> = [];
  for (let month = 0; ; month++) {
    const time = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + month, 1);
    if (time > last) return months;
    months.push(time);
  }
};

/**
 * A calendar of months with a row for each week, Monday first; each day the darker the more there is of it, and with a dashed edge where
 * there is nothing. The cell of a day has its date as `data-date`.
 */
export const coverageCalendar = (
  days: ReadonlyArray<CoverageDay>,
  { width = 720, title = "Days with CGM readings", chosen, cell = 20 }: CalendarOptions = {}
): Chart => {
  const monthWidth = 7 * (cell + step) - step;
  const monthHeight = headHeight + 6 * (cell + step);
  const perRow = Math.max(1, Math.floor((width + monthGap) / (monthWidth + monthGap)));
  const months = monthsOf(days);
  const byDate = new Map(days.map((day) => [day.date, day]));
  const shapes = months.flatMap((month, index) => {
    const left = (index % perRow) * (monthWidth + monthGap);
    const top = Math.floor(index / perRow) * monthHeight;
    return monthShapes(month, { left, top, cell, byDate, chosen });
  });
  const known = days.filter(({ share }) => share > 0).length;
  return {
    title,
    finding:
      days.length === 0
        ? "There are no days."
        : `${formatCount(known, "day")} of ${days.length} ${known === 1 ? "has" : "have"} data${gapText(days)}.`,
    width,
    height: Math.max(1, Math.ceil(months.length / perRow) * monthHeight),
    shapes,
    table: () => ({
      caption: title,
      columns: [words("Day"), numbers("Share of the day"), words("What there is")],
      rows: days.map(({ date, share, label }) => [date, `${Math.round(share * 100)} %`, label])
    })
  };
};

/** The longest stretch without data, in words. */
const gapText = (days: ReadonlyArray<CoverageDay>): string => {
  let [longest, current, end] = [0, 0, ""];
  for (const { share, date } of days) {
    current = share > 0 ? 0 : current + 1;
    if (current > longest) [longest, end] = [current, date];
  }
  return longest === 0 ? "" : `; the longest gap is ${formatCount(longest, "day")}, until ${end}`;
};

interface MonthPlace {
  readonly left: number;
  readonly top: number;
  readonly cell: number;
  readonly byDate: ReadonlyMap<string, CoverageDay>;
  readonly chosen: string | undefined;
}

const monthShapes = (month: number, { left, top, cell, byDate, chosen }: MonthPlace): ReadonlyArray<Shape> => {
  const next = Date.UTC(new Date(month).getUTCFullYear(), new Date(month).getUTCMonth() + 1, 1);
  const length = Math.round((next - month) / dayLength);
  const first = weekdayOf(month);
  const pitch = cell + step;
  return [
    shape(
      "text",
      { x: left, y: top + 13, fill: colour("ink"), "font-size": 12.5, "font-weight": 600 },
      monthName.format(month)
    ),
    ...[..."MTWTFSS"].map((letter, weekday) =>
      shape(
        "text",
        {
          x: left + weekday * pitch + cell / 2,
          y: top + 30,
          "text-anchor": "middle",
          fill: colour("soft"),
          "font-size": 10
        },
        letter
      )
    ),
    ...Array.from({ length }, (_, index) => {
      const time = month + index * dayLength;
      const date = new Date(time).toISOString().slice(0, 10);
      const place = first + index;
      const x = left + (place % 7) * pitch;
      const y = top + headHeight + Math.floor(place / 7) * pitch;
      return dayShape(byDate.get(date), { date, time, x, y, cell, isChosen: date === chosen });
    })
  ];
};

const dayShape = (
  day: CoverageDay | undefined,
  place: {
    readonly date: string;
    readonly time: number;
    readonly x: number;
    readonly y: number;
    readonly cell: number;
    readonly isChosen: boolean;
  }
): Shape => {
  const { date, time, x, y, cell, isChosen } = place;
  const share = day?.share ?? 0;
  const shade = share > 0 ? shades[Math.min(3, Math.ceil(share * 4) - 1)] : undefined;
  const square = {
    x: x + 0.5,
    y: y + 0.5,
    width: cell - 1,
    height: cell - 1,
    rx: 3,
    fill: shade === undefined ? colour("paper") : colour(shade),
    stroke: isChosen ? colour("ink") : colour(day === undefined ? "grid" : "coverage-edge"),
    "stroke-width": isChosen ? 2.5 : 1,
    "stroke-dasharray": shade === undefined && day !== undefined ? "2 2" : "none"
  };
  if (day === undefined) return shape("rect", square);
  return shape("rect", { ...square, "data-date": date }, shape("title", {}, `${dayName.format(time)}: ${day.label}`));
};
