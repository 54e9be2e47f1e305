import type { DateOrder } from "../need.ts";
import type { WallTime } from "./zone-clock.ts";

/** A date of numbers with or without a time, taken apart but not yet understood. */
export interface DateParts {
  /** The three numbers of the date as they stand there. */
  readonly numbers: readonly [number, number, number];
  /** The year stands first. */
  readonly yearFirst: boolean;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  readonly half: "am" | "pm" | undefined;
}

const pattern =
  /^(\d{1,4})[-./](\d{1,2})[-./](\d{1,4})\.?(?:[T,\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:\s*([ap])\.?\s?m\.?)?)?$/iu;

const digits = (text: string, from: number, count: number): number => {
  let value = 0;
  for (let at = from; at < from + count; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
};

/** `2026-07-01T14:30:05`, which files with hundreds of thousands of rows have: in a tenth of the time. */
const isoParts = (text: string): DateParts | undefined => {
  if (text.length !== 19 || text[4] !== "-" || text[7] !== "-" || text[13] !== ":" || text[16] !== ":")
    return undefined;
  if (text[10] !== "T" && text[10] !== " ") return undefined;
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2)];
  const [hour, minute, second] = [digits(text, 11, 2), digits(text, 14, 2), digits(text, 17, 2)];
  if (Number.isNaN(year + month + day + hour + minute + second)) return undefined;
  return { numbers: [year, month, day], yearFirst: true, hour, minute, second, millisecond: 0, half: undefined };
};

/** `20-07-2021 14:05`, likewise: LibreView has it. */
const shortParts = (text: string): DateParts | undefined => {
  if (text.length !== 16 || text[2] !== text[5] || text[10] !== " " || text[13] !== ":") return undefined;
  if (text[2] !== "-" && text[2] !== "." && text[2] !== "/") return undefined;
  const [first, middle, year] = [digits(text, 0, 2), digits(text, 3, 2), digits(text, 6, 4)];
  const [hour, minute] = [digits(text, 11, 2), digits(text, 14, 2)];
  if (Number.isNaN(first + middle + year + hour + minute)) return undefined;
  return { numbers: [first, middle, year], yearFirst: false, hour, minute, second: 0, millisecond: 0, half: undefined };
};

/**
 * Takes apart what is written as numbers: `2026-07-01T14:30:05`, `07-20-2021 02:05 PM`, `1.7.2026 14:30`, `2021/01/31 9:05`, in
 * any order of day, month and year. `undefined` where it is none of these, or has a zone.
 */
export const dateParts = (text: string): DateParts | undefined => {
  const plain = isoParts(text) ?? shortParts(text);
  if (plain) return plain;
  const match = pattern.exec(text) ?? pattern.exec(text.replaceAll(/[\u00A0\u202F]/gu, " ").trim());
  if (!match) return undefined;
  const [, first = "", middle = "", last = "", hour = "0", minute = "0", second = "0", fraction = "", half] = match;
  const yearFirst = first.length === 4;
  // Exactly one of the outer numbers is a year; of two digits only where it stands last.
  if (first.length === 3 || last.length === 3 || (yearFirst && last.length > 2) || (!yearFirst && last.length === 1)) {
    return undefined;
  }
  return {
    numbers: [Number(first), Number(middle), Number(last)],
    yearFirst,
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    millisecond: Number(fraction.padEnd(3, "0").slice(0, 3)),
    half: half === undefined ? undefined : half.toLowerCase() === "a" ? "am" : "pm"
  };
};

const hourOf = ({ hour, half }: DateParts): number | undefined => {
  if (half === undefined) return hour < 24 ? hour : undefined;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half === "pm" ? 12 : 0);
};

const fullYear = (year: number): number => (year < 100 ? 2000 + year : year);

/**
 * The wall time that the parts are by that order of day and month; where the year stands first, the month comes next.
 * `undefined` for a day, an hour or a minute that does not exist. Years of two digits are 2000 to 2099.
 */
export const wallTime = (parts: DateParts, order: DateOrder): WallTime | undefined => {
  const [first, middle, last] = parts.numbers;
  const [year, month, day] = parts.yearFirst
    ? [first, middle, last]
    : order === "dmy"
      ? [fullYear(last), middle, first]
      : order === "mdy"
        ? [fullYear(last), first, middle]
        : [Number.NaN, 0, 0];
  const hour = hourOf(parts);
  if (hour === undefined || parts.minute > 59 || parts.second > 59 || month < 1 || month > 12 || day < 1)
    return undefined;
  if (!(year >= 1900 && year <= 9998)) return undefined;
  const wall = Date.UTC(year, month - 1, day, hour, parts.minute, parts.second, parts.millisecond);
  // A day beyond the end of its month would be one of the next month.
  return day <= 28 || new Date(wall).getUTCDate() === day ? wall : undefined;
};

/** A wall time written in a known order, or `undefined`. */
export const readMoment = (text: string, order: DateOrder): WallTime | undefined => {
  const parts = dateParts(text);
  return parts && wallTime(parts, order);
};
