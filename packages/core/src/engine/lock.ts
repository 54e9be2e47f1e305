import * as Effect from "effect/Effect";
import type { Scope } from "effect/Scope";
import { Bell } from "./bell.ts";

/**
 * One operation at a time for each name, in this process.
 *
 * `effect/Semaphore` does this and more; it would add 1.4 kB gzipped to every web page for one permit.
 */
export class Lock {
  private readonly held = new Set<string>();
  private readonly released = new Bell();

  /** Runs the operation when no other one of this name runs. */
  hold<A, E, R>(name: string, operation: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> {
    return Effect.scoped(Effect.andThen(this.takeTurn(name), operation)) as Effect.Effect<A, E, R>;
  }

  /** Keeps all others of this name out for as long as the scope. A wait can be interrupted, and lets nobody else in early. */
  takeTurn(name: string): Effect.Effect<void, never, Scope> {
    const { held, released } = this;
    const leave = Effect.sync(() => {
      held.delete(name);
      released.ring();
    });
    return Effect.uninterruptibleMask((restore) =>
      Effect.gen(function* () {
        for (let { rings } = released; held.has(name); { rings } = released) yield* restore(released.after(rings));
        held.add(name);
        yield* Effect.addFinalizer(() => leave);
      })
    );
  }
}
