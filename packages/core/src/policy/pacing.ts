import type { Pacing } from "../contract/policy.ts";

/** Four requests in flight; pauses from a second to five minutes. */
export const defaultPacing: Pacing = { concurrency: 4, longestPause: 300_000, firstPause: 1000 };

/**
 * How long everything waits after the `count`-th request in a row to slow down. `random` is 0 to 1.
 *
 * What the server names is obeyed to the millisecond; where it names nothing, at least half of the doubling pause.
 */
export const pauseFor = (pacing: Pacing, count: number, retryAfter: number | undefined, random: number): number => {
  // "At once" is no pause: without a floor a server that says so again and again is asked thousands of times a second.
  const least = (pacing.firstPause / 2) * (1 + random);
  if (retryAfter !== undefined) return Math.min(Math.max(retryAfter, Math.min(least, 1000)), pacing.longestPause);
  const most = Math.min(pacing.firstPause * 2 ** (count - 1), pacing.longestPause);
  return most / 2 + (most / 2) * random;
};
