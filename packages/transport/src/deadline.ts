import type { Clock } from "./clock.ts";

/** One signal for "the caller gave up" and "it took too long", and which of the two it was. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** True once the time was up. */
  readonly passed: () => boolean;
  /** Stops the time while nothing is waited for. */
  readonly pause: () => void;
  /** Goes on with what was left of it. */
  readonly resume: () => void;
  /** Gives the whole time once more. */
  readonly restart: () => void;
  /** Takes the timer and the listener away: call it when the work is done. */
  readonly end: () => void;
}

// Without a reason an error is made for each, with its stack.
const ended = "ended";

/**
 * Starts a deadline of so many milliseconds, bound to the caller's signal.
 *
 * Listeners are removed by hand: `AbortSignal.any` would hang one dependent signal on the caller's for every request.
 */
export const startDeadline = (milliseconds: number, clock: Clock, signal?: AbortSignal): Deadline => {
  const work = new AbortController();
  let timer = new AbortController();
  let passed = false;
  const giveUp = () => work.abort(signal?.reason);
  if (signal?.aborted) giveUp();
  signal?.addEventListener("abort", giveUp);
  let left = milliseconds;
  let since = clock.now();
  const pause = () => {
    timer.abort(ended);
    left -= Math.max(clock.now() - since, 0);
  };
  const resume = () => {
    const mine = new AbortController();
    timer = mine;
    since = clock.now();
    void clock.sleep(Math.max(left, 0), mine.signal).then(() => {
      if (mine.signal.aborted) return;
      passed = true;
      work.abort(new DOMException(`No answer within ${milliseconds} ms.`, "TimeoutError"));
    });
  };
  const restart = () => {
    timer.abort(ended);
    left = milliseconds;
    resume();
  };
  restart();
  return {
    signal: work.signal,
    passed: () => passed,
    pause,
    resume,
    restart,
    end: () => {
      timer.abort(ended);
      signal?.removeEventListener("abort", giveUp);
    }
  };
};
