import type { DateOrder } from "../need.ts";
import { withMonthNumber } from "../time/named-month.ts";
import { readInstant } from "../time/read-instant.ts";
import { readMoment } from "../time/read-moment.ts";
import type { WallTime } from "../time/zone-clock.ts";
import type { Mapping } from "./mapping.ts";

/** When a row is from: what a clock showed, or the moment itself. */
export type MappedMoment =
  | { readonly wall: WallTime }
  | { readonly instant: number; readonly offset?: number | undefined };

const secondsOf = (text: string): number => (/^-?\d{1,17}(?:\.\d+)?$/u.test(text) ? Number(text) : Number.NaN);
/** As far as times of the platform go. */
const within = (instant: number): boolean => instant >= Date.UTC(1900, 0) && instant < Date.UTC(9999, 0);

/** The time of a row, of one or two cells, as one text. */
export const timeTextOf = (cells: ReadonlyArray<string>, places: ReadonlyArray<number>): string =>
  places.length === 1
    ? (cells[places[0]!] ?? "").trim()
    : places
        .map((place) => (cells[place] ?? "").trim())
        .join(" ")
        .trim();

/** Understands the text of a row's time; `undefined` where it is no time. */
export const mappedMoment = (
  text: string,
  clock: Mapping["clock"] = "local",
  order: DateOrder
): MappedMoment | undefined => {
  if (clock === "epoch-seconds" || clock === "epoch-milliseconds") {
    const instant = Math.floor(secondsOf(text) * (clock === "epoch-seconds" ? 1000 : 1));
    return within(instant) ? { instant } : undefined;
  }
  const stated = readInstant(text);
  if (stated) return within(stated.instant) ? stated : undefined;
  const wall = readMoment(withMonthNumber(text), order);
  if (wall === undefined) return undefined;
  return clock === "utc" ? { instant: wall } : { wall };
};

/** A moment as it is in an origin id: by the clock that the file has it from, whatever zone it is read in. */
export const momentKey = (moment: MappedMoment): string =>
  "wall" in moment
    ? new Date(moment.wall).toISOString().slice(0, 19)
    : new Date(moment.instant).toISOString().replace(".000Z", "Z");
