import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import { type Pacing, pauseFor } from "../policy/pacing.ts";
import { Bell } from "./bell.ts";

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

  /** Runs a request once it may go; `onPause` hears of every wait that the server asked for. */
  pass<A, E, R>(
    request: Effect.Effect<A, E, R>,
    onPause: (milliseconds: number) => void = () => undefined
  ): Effect.Effect<A, E, R> {
    return Effect.uninterruptibleMask((restore) =>
      Effect.flatMap(this.enter(restore, onPause), () =>
        Effect.onExit(restore(request), () => Effect.sync(() => this.leave()))
      )
    );
  }

  private *turns(restore: <A>(wait: Effect.Effect<A>) => Effect.Effect<A>, onPause: (milliseconds: number) => void) {
    for (;;) {
      const { rings } = this.left;
      const pause = this.pauseAt(yield* Clock.currentTimeMillis);
      if (pause > 0) {
        onPause(pause);
        yield* restore(Effect.sleep(pause));
      } else if (this.active < this.allowed) {
        this.active++;
        return;
      } else yield* restore(this.left.after(rings));
    }
  }

  /** What is left of the pause, in milliseconds. A clock that was set back does not make it longer. */
  private pauseAt(now: number): number {
    this.pausedUntil -= Math.max(this.pausedAt - now, 0);
    this.pausedAt = now;
    return this.pausedUntil - now;
  }

  private enter(restore: <A>(wait: Effect.Effect<A>) => Effect.Effect<A>, onPause: (milliseconds: number) => void) {
    return Effect.gen(() => this.turns(restore, onPause));
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
