import { parseHttpDate } from "./http-date.ts";

/** The longest pause that a server is believed, in milliseconds. After it, it may ask for another. */
export const longestPause = 60 * 60 * 1000;

/**
 * Milliseconds to wait by a `Retry-After` of seconds or of a date, 0 to one hour; undefined where it says neither.
 *
 * A date is measured from the answer's own `Date`, so that a wrong clock here changes nothing; from `now` without one.
 */
export const retryAfter = (headers: Headers, now: number): number | undefined => {
  const text = headers.get("retry-after")?.trim();
  if (text === undefined) return undefined;
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.min(Math.ceil(Number(text) * 1000), longestPause);
  const until = parseHttpDate(text);
  if (until === undefined) return undefined;
  const from = parseHttpDate(headers.get("date") ?? "") ?? now;
  return Math.min(Math.max(until - from, 0), longestPause);
};
