import { at } from "@tideway/schemas";
import { dayLength, minute } from "./durations.ts";
import type { Span } from "./span.ts";

/** Where the wearer is: the IANA name of a time zone, or minutes ahead of UTC at a moment (milliseconds since 1970). */
export type TimeZone = string | ((time: number) => number);

/** Minutes ahead of UTC at a moment, in milliseconds since 1970. */
export type OffsetAt = (time: number) => number;

/** Offsets change on a quarter hour, and no zone has ever gone there and back within a day. */
const quarterHour = 15 * minute;

/** The offsets of a zone, each looked up once. Throws `InvalidInput` of schemas where the zone has no such name. */
export const offsetsIn = (zone: TimeZone): OffsetAt => {
  if (typeof zone === "function") return zone;
  // A zone that is none shall be told at once, not with the first reading.
  at(0, zone);
  const known = new Map<number, number>();
  const lookUp = (time: number): number => {
    const offset = known.get(time) ?? at(time, zone).timezoneOffset;
    known.set(time, offset);
    return offset;
  };
  return (time) => {
    const day = Math.floor(time / dayLength) * dayLength;
    const offset = lookUp(day);
    // Two look-ups a day do, but for the two days a year on which it changes: a look-up is slow.
    return offset === lookUp(day + dayLength) ? offset : lookUp(Math.floor(time / quarterHour) * quarterHour);
  };
};

/** The offsets that readings state, in the order of time: each holds until the next, the first also before. UTC without any. */
export const offsetsOf = (times: ArrayLike<number>, offsets: ArrayLike<number>): OffsetAt => {
  const changes: Array<{ readonly time: number; readonly offset: number }> = [];
  let offset = Number.NaN;
  for (let index = 0; index < times.length; index++) {
    const own = offsets[index] ?? Number.NaN;
    if (Number.isNaN(own) || own === offset) continue;
    changes.push({ time: times[index] ?? 0, offset: (offset = own) });
  }
  if (changes.length < 2) return () => changes[0]?.offset ?? 0;
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

/** The moment at which the wearer's clock shows so many milliseconds since 1970; of two, or of none, the one nearest. */
export const momentOf = (local: number, offsetAt: OffsetAt): number => {
  const guess = local - offsetAt(local) * minute;
  return local - offsetAt(guess) * minute;
};

/** The local day of a moment, counted from 1970-01-01. */
export const localDayOf = (time: number, offsetAt: OffsetAt): number => Math.floor(localOf(time, offsetAt) / dayLength);

/** The moment at which a local day, counted from 1970-01-01, begins. */
export const midnightOf = (day: number, offsetAt: OffsetAt): number => momentOf(day * dayLength, offsetAt);

/** The date of a day counted from 1970-01-01, such as `2026-03-01`. */
export const dateOf = (day: number): string => new Date(day * dayLength).toISOString().slice(0, 10);

/** Days of a period, by local dates. */
export interface DaySpan {
  /** The local date of its first day, such as `2026-03-01`. */
  readonly firstDay: string;
  /** The local date of its last day. */
  readonly lastDay: string;
  /** From the first midnight to the one after the last day, or as much of that as belongs to the period stated. */
  readonly period: Span;
}

/**
 * Parts a span into so many local days each, counted back from its last: the first part may have fewer. A day may have 23
 * or 25 hours. Throws `RangeError` where the count of days is no whole number from 1.
 */
export const daySpans = ({ from, to }: Span, days: number, offsetAt: OffsetAt): ReadonlyArray<DaySpan> => {
  if (!Number.isInteger(days) || days < 1) throw new RangeError("The days of a period must be a whole number from 1.");
  const [one, other] = [localDayOf(from, offsetAt), localDayOf(to - 1, offsetAt)];
  // Who flies west over midnight may begin on a later date than it ends.
  const [first, last] = [Math.min(one, other), Math.max(one, other)];
  const spans: Array<DaySpan> = [];
  for (let end = last + 1; end > first; end -= days) {
    const begin = Math.max(first, end - days);
    const [midnight, next] = [midnightOf(begin, offsetAt), midnightOf(end, offsetAt)];
    const period = {
      from: begin === first ? Math.min(midnight, from) : midnight,
      to: end === last + 1 ? Math.max(next, to) : next
    };
    spans.push({ firstDay: dateOf(begin), lastDay: dateOf(end - 1), period });
  }
  return spans.toReversed();
};

/** The part of a span within another; all of it where there is no other. */
export const clipTo = (outer: Span | undefined, { from, to }: Span): Span =>
  outer === undefined ? { from, to } : { from: Math.max(from, outer.from), to: Math.min(to, outer.to) };
