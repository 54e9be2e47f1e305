import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type { Settings } from "../settings.ts";

const key = "server";
const longestPause = 3_600_000;
const firstPause = 1000;
const mostDoublings = 8;
/** In so many parts the requests of a period are given out: what a process does not use of its part is lost. */
const leases = 25;

const wait = (milliseconds: number, signal: AbortSignal | undefined) =>
  new Promise<void>((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted === true) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });

/**
 * The requests of all processes of a fleet: at most so many in each period, and none while the server wants a pause. Both are one row
 * of PostgreSQL: a pause is a period whose requests are used up.
 */
export class FleetLimiter {
  private readonly limiter: RateLimiterPostgres;
  private readonly period: number;
  private readonly random: () => number;
  /** Those who wait for their turn in this process ask one after the other, not all of them each period. */
  private line: Promise<unknown> = Promise.resolve();
  private throttles = 0;
  /** Requests that this process may make until the period ends, without asking again. */
  private granted = 0;
  private grantedUntil = 0;
  /** So many are asked for at once: where the rate is high, most requests need no statement. */
  private readonly lease: number;

  constructor({ pool, schema, rate, random }: Pick<Settings, "pool" | "schema" | "rate" | "random">) {
    this.period = rate.seconds * 1000;
    this.random = random;
    this.lease = Math.max(Math.floor(rate.requests / leases), 1);
    this.limiter = new RateLimiterPostgres({
      // Without the name that it gives its statements: behind one socket of PGlite, or a PgBouncer, names clash.
      storeClient: {
        query: ({ text, values }: { text: string; values: Array<unknown> }) => pool.query(text, values)
      },
      storeType: "client",
      schemaName: schema,
      tableName: "rate_limit",
      tableCreated: true,
      keyPrefix: "fleet",
      points: rate.requests,
      duration: rate.seconds,
      clearExpiredByTimeout: false
    });
  }

  /** Resolves to 0 when a request may go, or to the rest of the server's pause, in milliseconds. */
  async admit(signal?: AbortSignal): Promise<number> {
    const before = this.line;
    const mine = (async () => {
      await before;
      for (;;) {
        if (signal?.aborted === true) throw signal.reason as Error;
        const left = await this.consume();
        if (left === 0 || left > this.period) return left;
        // A little later than the period begins, each at another time.
        await wait(left + this.random() * Math.min(this.period / 10, 100), signal);
      }
    })();
    this.line = mine.catch(() => undefined);
    return mine;
  }

  /** How long the server's pause still lasts, in milliseconds; 0 where there is none. */
  async pauseLeft(): Promise<number> {
    const found = await this.limiter.get(key);
    if (found === null || found.consumedPoints <= this.limiter.points) return 0;
    return found.msBeforeNext > this.period ? found.msBeforeNext : 0;
  }

  /** The server asks for a pause: from now on all processes keep it. A longer one that is on its way is not made shorter. */
  async pause(retryAfter: number | undefined): Promise<void> {
    const doubled = firstPause * 2 ** Math.min(this.throttles++, mostDoublings);
    // No shorter than a period, by which a pause is told from used up requests.
    this.granted = 0;
    const pause = Math.min(Math.max(retryAfter ?? doubled, this.period + 50), longestPause);
    if ((await this.pauseLeft()) < pause) await this.limiter.block(key, pause / 1000);
  }

  /** The server took a request: the next pause of unknown length is short again. */
  succeeded() {
    this.throttles = 0;
  }

  /** Ends the server's pause. */
  async resume(): Promise<void> {
    await this.limiter.delete(key);
  }

  private async consume(): Promise<number> {
    if (this.granted > 0 && performance.now() < this.grantedUntil) {
      this.granted--;
      return 0;
    }
    const asked = performance.now();
    try {
      const { msBeforeNext } = await this.limiter.consume(key, this.lease);
      this.granted = this.lease - 1;
      this.grantedUntil = asked + msBeforeNext;
      return 0;
    } catch (thrown) {
      // It rejects with what is left, no error, where the requests are used up.
      if (thrown instanceof RateLimiterRes) return Math.max(thrown.msBeforeNext, 1);
      throw thrown;
    }
  }
}
