import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import type { Pacing } from "../contract/policy.ts";
import { pauseFor } from "../policy/pacing.ts";
import { Notifier } from "./notifier.ts";

/** What a request does before and while it is admitted. */
export interface Admission<E> {
  /** Hears of every wait that the server asked for, in milliseconds. */
  readonly onPause?: (milliseconds: number) => void;
  /** Runs when the request has its place, and again where a pause began meanwhile: the request follows it at once. */
  readonly prepare?: Effect.Effect<void, E>;
}

/**
 * Limits the requests to one server, for everything in this process that uses it: a 429 or 503 pauses all of them,
 * and afterwards lets one request through at a time, then two, and so on until the pace is what it was.
 *
 * Not a Semaphore: its limit is a fraction that grows with each success, and whoever had to write the ledger first looks again
 * whether a pause has begun meanwhile.
 */
export class RateLimiter {
  private pausedUntil = 0;
  /** When the rest of the pause was last computed. */
  private pausedAt = 0;
  private limit = Number.POSITIVE_INFINITY;
  private limitBefore = Number.POSITIVE_INFINITY;
  private throttles = 0;
  private active = 0;
  private readonly released = new Notifier();
  /** Whether the server has ever answered. */
  contacted = false;

  /**
   * Runs a request once it may go. Whatever it learns that slows the others down, `throttled` above all, it has to tell
   * before it ends: its place is free from then on.
   */
  run<A, E, R>(request: Effect.Effect<A, E, R>, admission: Admission<E> = {}): Effect.Effect<A, E, R> {
    return Effect.uninterruptibleMask((restore) =>
      Effect.flatMap(
        Effect.gen(() => this.acquire(restore, admission)),
        () => Effect.onExit(restore(request), () => Effect.sync(() => this.release()))
      )
    );
  }

  private *acquire<E>(
    restore: <A, F>(step: Effect.Effect<A, F>) => Effect.Effect<A, F>,
    { onPause, prepare = Effect.void }: Admission<E>
  ) {
    for (;;) {
      const { change } = this.released;
      const pause = this.pauseAt(yield* Clock.currentTimeMillis);
      if (pause > 0) {
        onPause?.(pause);
        yield* restore(Effect.sleep(pause));
      } else if (this.active < this.limit) {
        this.active++;
        yield* Effect.onError(restore(prepare), () => Effect.sync(() => this.release()));
        // Somebody may have been asked to slow down meanwhile.
        if (this.active - 1 < this.limit && this.pauseAt(yield* Clock.currentTimeMillis) <= 0) return;
        this.release();
      } else yield* restore(change);
    }
  }

  /** What is left of the pause, in milliseconds. A clock that was set back does not make it longer. */
  private pauseAt(now: number): number {
    this.pausedUntil -= Math.max(this.pausedAt - now, 0);
    this.pausedAt = now;
    return this.pausedUntil - now;
  }

  private release() {
    this.active--;
    this.released.notify();
  }

  /** The server took a request: the pace may grow. */
  succeeded() {
    this.contacted = true;
    this.throttles = 0;
    if (this.limit === Number.POSITIVE_INFINITY) return;
    this.limit += 1 / Math.ceil(this.limit);
    if (this.limit >= this.limitBefore) this.limit = Number.POSITIVE_INFINITY;
  }

  /** The server answered, if only with an error. */
  answered() {
    this.contacted = true;
  }

  /** The server asks for a pause; returns its length in milliseconds. */
  throttled(pacing: Pacing, now: number, retryAfter: number | undefined, random: number): number {
    this.contacted = true;
    this.throttles++;
    // Whole milliseconds: a rest of less than one could never be slept away.
    const pause = Math.ceil(pauseFor(pacing, this.throttles, retryAfter, random));
    this.pausedUntil = now + Math.max(this.pauseAt(now), pause);
    if (this.limit === Number.POSITIVE_INFINITY) this.limitBefore = Math.max(this.active, 2);
    this.limit = 1;
    return this.pausedUntil - now;
  }
}
