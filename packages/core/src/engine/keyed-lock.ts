import * as Effect from "effect/Effect";
import type { Scope } from "effect/Scope";
import { Notifier } from "./notifier.ts";

/**
 * One operation at a time for each name, in this process.
 *
 * `effect/Semaphore` does this and more; it would add 1.4 kB gzipped to every web page for one permit.
 */
export class KeyedLock {
  private readonly held = new Set<string>();
  private readonly released = new Notifier();

  /** Runs the operation when no other one of this name runs. */
  withLock<A, E, R>(name: string, operation: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> {
    return Effect.scoped(Effect.andThen(this.acquire(name), operation)) as Effect.Effect<A, E, R>;
  }

  /** Keeps all others of this name out for as long as the scope. A wait can be interrupted, and lets nobody else in early. */
  acquire(name: string): Effect.Effect<void, never, Scope> {
    const { held, released } = this;
    const release = Effect.sync(() => {
      held.delete(name);
      released.notify();
    });
    return Effect.uninterruptibleMask((restore) =>
      Effect.gen(function* () {
        for (let { version } = released; held.has(name); { version } = released)
          yield* restore(released.changeAfter(version));
        held.add(name);
        yield* Effect.addFinalizer(() => release);
      })
    );
  }
}
