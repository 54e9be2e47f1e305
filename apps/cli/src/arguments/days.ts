import { usageError } from "../lifecycle/command-error.ts";

/** A stretch of time: from the first moment on, and before the second; open where one is undefined. */
export interface Days {
  readonly from: number | undefined;
  readonly until: number | undefined;
}

const date = /^(\d{4})-(\d{2})-(\d{2})$/u;
const dayLength = 86_400_000;

/** Milliseconds that a zone is ahead of UTC at a moment. */
const offsetOf = (zone: string, moment: number): number => {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric"
  }).formatToParts(moment);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return shown - Math.floor(moment / 1000) * 1000;
};

/** The moment at which a day begins in a zone; around a change of its clocks the guess is looked at twice. */
const beginOf = (day: number, zone: string): number => {
  const guess = day - offsetOf(zone, day);
  return day - offsetOf(zone, guess);
};

const dayOf = (text: string, flag: string): number => {
  const day = date.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (!Number.isNaN(day) && new Date(day).toISOString().startsWith(text)) return day;
  throw usageError(`${flag} has to be a day, such as 2026-03-01.`);
};

/** The days from `--from` to `--to`, both included, as a zone has them. */
export const daysOf = (
  { from, to }: { readonly from: string | undefined; readonly to: string | undefined },
  zone: string
): Days => {
  const first = from === undefined ? undefined : dayOf(from, "--from");
  const last = to === undefined ? undefined : dayOf(to, "--to");
  if (first !== undefined && last !== undefined && last < first) throw usageError("--to is before --from.");
  try {
    return {
      from: first === undefined ? undefined : beginOf(first, zone),
      until: last === undefined ? undefined : beginOf(last + dayLength, zone)
    };
  } catch (error) {
    if (error instanceof RangeError) throw usageError(`--timezone ${zone} is no zone: write it as Europe/Berlin.`);
    throw error;
  }
};
