import { at } from "@tideway/schemas";
import { dayLength, minute } from "./durations.ts";

/** Where the wearer is: the IANA name of a time zone, or minutes ahead of UTC at a moment (milliseconds since 1970). */
export type TimeZone = string | ((time: number) => number);

/** Minutes ahead of UTC at a moment, in milliseconds since 1970. */
export type OffsetAt = (time: number) => number;

/** Offsets change on the quarter hour at the earliest. */
const quarterHour = 15 * minute;

/** The offsets of a zone, each looked up once. Throws `InvalidInput` of schemas where the zone has no such name. */
export const offsetsIn = (zone: TimeZone): OffsetAt => {
  if (typeof zone === "function") return zone;
  // A zone that is none shall be told at once, not with the first reading.
  at(0, zone);
  const known = new Map<number, number>();
  return (time) => {
    const quarter = Math.floor(time / quarterHour);
    const offset = known.get(quarter) ?? at(quarter * quarterHour, zone).timezoneOffset;
    known.set(quarter, offset);
    return offset;
  };
};

/** The offsets that readings state, in the order of time: each holds until the next, the first also before. UTC without any. */
export const offsetsOf = (readings: ReadonlyArray<{ readonly time: number; readonly offset: number }>): OffsetAt => {
  const changes: Array<{ readonly time: number; readonly offset: number }> = [];
  for (const { time, offset } of readings) {
    if (!Number.isNaN(offset) && changes.at(-1)?.offset !== offset) changes.push({ time, offset });
  }
  return (time) => {
    let [low, high] = [0, changes.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((changes[middle]?.time ?? Infinity) <= time) low = middle + 1;
      else high = middle;
    }
    return changes[Math.max(0, low - 1)]?.offset ?? 0;
  };
};

/** Milliseconds since 1970 on the wearer's clock. */
export const localOf = (time: number, offsetAt: OffsetAt): number => time + offsetAt(time) * minute;

/** The local day of a moment, counted from 1970-01-01. */
export const dayOf = (time: number, offsetAt: OffsetAt): number => Math.floor(localOf(time, offsetAt) / dayLength);
