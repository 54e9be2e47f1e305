import { type Retry, backoff } from "../policy/retry.ts";

/** Why no further attempt is made. */
export type GaveUp = { readonly gaveUp: "attempts" | "budget" | "patience" };

/** What one operation has suffered so far: its retry budget and the time since it last got on. */
export class Trouble {
  private tokens: number;
  private lastProgress: number;
  /** Counts what went well, so that a request can tell whether anything has since its last attempt. */
  progress = 0;
  private readonly retry: Retry;

  constructor(retry: Retry, now: number) {
    this.retry = retry;
    this.tokens = retry.budget;
    this.lastProgress = now;
  }

  /** Something was acknowledged. */
  progressed(now: number) {
    this.progress++;
    this.lastProgress = now;
    this.tokens = Math.min(this.tokens + 1, this.retry.budget);
  }

  /** Whether waiting that long would be longer than anybody should wait without progress. */
  losesPatience(now: number, wait: number): boolean {
    return now + wait - this.lastProgress > this.retry.patience;
  }

  /** The wait before another attempt of a request that failed `attempt` times, or why there is none. */
  next(attempt: number, contacted: boolean, now: number, random: number): number | GaveUp {
    if (attempt >= (contacted ? this.retry.attempts : this.retry.firstContact)) return { gaveUp: "attempts" };
    if (this.tokens < 1) return { gaveUp: "budget" };
    const wait = backoff(this.retry, attempt, random);
    if (this.losesPatience(now, wait)) return { gaveUp: "patience" };
    this.tokens--;
    return wait;
  }
}
