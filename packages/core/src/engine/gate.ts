import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import type { Pacing } from "../contract/policy.ts";
import { pauseFor } from "../policy/pacing.ts";
import { Bell } from "./bell.ts";

/** What a request does on its way through. */
export interface Passage<E> {
  /** Hears of every wait that the server asked for, in milliseconds. */
  readonly onPause?: (milliseconds: number) => void;
  /** Runs when the request has its place, and again where a pause began meanwhile: the request follows it at once. */
  readonly prepare?: Effect.Effect<void, E>;
}

/**
 * The way to one server, shared by everything in this process that goes there: a request to slow down pauses all of it,
 * and afterwards lets one request through at a time, then two, and so on until the pace is what it was.
 */
export class Gate {
  private pausedUntil = 0;
  /** When the pause was last looked at. */
  private pausedAt = 0;
  private allowed = Number.POSITIVE_INFINITY;
  private before = Number.POSITIVE_INFINITY;
  private throttles = 0;
  private active = 0;
  private readonly left = new Bell();
  /** Whether the server has ever answered. */
  contacted = false;

  /**
   * Runs a request once it may go. Whatever it learns that slows the others down, `throttled` above all, it has to tell
   * before it ends: its place is free from then on.
   */
  pass<A, E, R>(request: Effect.Effect<A, E, R>, passage: Passage<E> = {}): Effect.Effect<A, E, R> {
    return Effect.uninterruptibleMask((restore) =>
      Effect.flatMap(
        Effect.gen(() => this.turns(restore, passage)),
        () => Effect.onExit(restore(request), () => Effect.sync(() => this.leave()))
      )
    );
  }

  private *turns<E>(
    restore: <A, F>(step: Effect.Effect<A, F>) => Effect.Effect<A, F>,
    { onPause, prepare = Effect.void }: Passage<E>
  ) {
    for (;;) {
      const { rings } = this.left;
      const pause = this.pauseAt(yield* Clock.currentTimeMillis);
      if (pause > 0) {
        onPause?.(pause);
        yield* restore(Effect.sleep(pause));
      } else if (this.active < this.allowed) {
        this.active++;
        yield* Effect.onError(restore(prepare), () => Effect.sync(() => this.leave()));
        // Somebody may have been asked to slow down meanwhile.
        if (this.active - 1 < this.allowed && this.pauseAt(yield* Clock.currentTimeMillis) <= 0) return;
        this.leave();
      } else yield* restore(this.left.after(rings));
    }
  }

  /** What is left of the pause, in milliseconds. A clock that was set back does not make it longer. */
  private pauseAt(now: number): number {
    this.pausedUntil -= Math.max(this.pausedAt - now, 0);
    this.pausedAt = now;
    return this.pausedUntil - now;
  }

  private leave() {
    this.active--;
    this.left.ring();
  }

  /** The server took a request: the pace may grow. */
  succeeded() {
    this.contacted = true;
    this.throttles = 0;
    if (this.allowed === Number.POSITIVE_INFINITY) return;
    this.allowed += 1 / Math.ceil(this.allowed);
    if (this.allowed >= this.before) this.allowed = Number.POSITIVE_INFINITY;
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
    if (this.allowed === Number.POSITIVE_INFINITY) this.before = Math.max(this.active, 2);
    this.allowed = 1;
    return this.pausedUntil - now;
  }
}
