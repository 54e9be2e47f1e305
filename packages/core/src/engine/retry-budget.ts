import type { Retry } from "../contract/policy.ts";
import { backoff } from "../policy/retry.ts";

/** The retries that one operation has left, and how long it has made no progress. */
export class RetryBudget {
  private tokens: number;
  /** When the first failure since the last success was. */
  private since: number | undefined;
  /** Counts what went well, so that a request can tell whether anything has since its last attempt. */
  progress = 0;
  private readonly retry: Retry;

  constructor(retry: Retry) {
    this.retry = retry;
    this.tokens = retry.budget;
  }

  /** The server did what it was asked: patience starts anew with the next failure. */
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
  exceedsPatience(now: number, wait: number): boolean {
    this.since ??= now;
    return now + wait - this.since > this.retry.patience;
  }

  /** The wait before another attempt of a request that failed `attempt` times; undefined where that is enough. */
  nextDelay(attempt: number, contacted: boolean, now: number, random: number): number | undefined {
    if (attempt >= (contacted ? this.retry.attempts : this.retry.firstContact)) return undefined;
    if (this.tokens < 1) return undefined;
    const wait = backoff(this.retry, attempt, random);
    if (this.exceedsPatience(now, wait)) return undefined;
    this.tokens--;
    return wait;
  }
}
