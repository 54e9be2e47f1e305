import type { Retry } from "../contract/policy.ts";
import { backoff } from "../policy/retry.ts";

/** What one operation has suffered so far: its retry budget and the time since it last got on. */
export class Trouble {
  private tokens: number;
  /** When something first went wrong after it last went well. */
  private since: number | undefined;
  /** Counts what went well, so that a request can tell whether anything has since its last attempt. */
  progress = 0;
  private readonly retry: Retry;

  constructor(retry: Retry) {
    this.retry = retry;
    this.tokens = retry.budget;
  }

  /** The server did what it was asked: whatever goes wrong next is a new trouble. */
  succeeded() {
    this.since = undefined;
  }

  /** Something was acknowledged. */
  progressed() {
    this.progress++;
    this.succeeded();
    this.tokens = Math.min(this.tokens + 1, this.retry.budget);
  }

  /** Whether waiting that long would be longer than anybody should wait without progress. */
  losesPatience(now: number, wait: number): boolean {
    this.since ??= now;
    return now + wait - this.since > this.retry.patience;
  }

  /** The wait before another attempt of a request that failed `attempt` times; undefined where that is enough. */
  next(attempt: number, contacted: boolean, now: number, random: number): number | undefined {
    if (attempt >= (contacted ? this.retry.attempts : this.retry.firstContact)) return undefined;
    if (this.tokens < 1) return undefined;
    const wait = backoff(this.retry, attempt, random);
    if (this.losesPatience(now, wait)) return undefined;
    this.tokens--;
    return wait;
  }
}
