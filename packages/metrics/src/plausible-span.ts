import { dayLength, minute } from "./durations.ts";
import type { Span } from "./span.ts";

/** The first device that recorded glucose for days was approved in June 1999. */
export const firstDevices = Date.UTC(1999, 5, 15);

/** Clocks of devices may be ahead of `now` by this much, in milliseconds. */
const clockStray = 15 * minute;

/**
 * The latest time that counts, in milliseconds since 1970; without `now` there is none. Throws `RangeError` where `now` is
 * no number: nothing would be later than a text.
 */
export const latestBy = (now: number | undefined): number => {
  if (now === undefined) return Infinity;
  if (typeof now !== "number" || Number.isNaN(now)) {
    throw new RangeError("`now` must be a number of milliseconds since 1970, such as Date.parse(text) gives.");
  }
  return now + clockStray;
};

const apart = 365 * dayLength;
const readingsToJudge = 20;
const shareOfFew = 0.01;

/**
 * The span around most readings, without those that stand years apart from them: a year or more away, and no more
 * than one, or 1 %, of as many as there are in one piece. Of fewer than 20 readings none stands apart.
 *
 * @param times in order
 */
export const plausibleSpan = (times: Float64Array): Span => {
  const pieces: Array<{ from: number; to: number; count: number }> = [];
  for (const time of times) {
    const last = pieces.at(-1);
    if (last !== undefined && time - last.to < apart) {
      last.to = time;
      last.count++;
    } else pieces.push({ from: time, to: time, count: 1 });
  }
  const most = pieces.reduce((most, { count }) => Math.max(most, count), 0);
  const few = most < readingsToJudge ? 0 : Math.max(1, shareOfFew * most);
  const kept = pieces.filter(({ count }) => count > few);
  // The end is exclusive.
  return { from: kept[0]?.from ?? -Infinity, to: (kept.at(-1)?.to ?? Infinity) + 1 };
};
