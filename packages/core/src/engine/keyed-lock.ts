import * as Effect from "effect/Effect";
import type { Scope } from "effect/Scope";
import * as Semaphore from "effect/Semaphore";

interface Entry {
  readonly semaphore: Semaphore.Semaphore;
  /** How many hold it or wait for it: without any it is forgotten. */
  users: number;
}

/** One operation at a time for each name, in this process. */
export class KeyedLock {
  private readonly entries = new Map<string, Entry>();

  /** Runs the operation when no other one of this name runs. */
  withLock<A, E, R>(name: string, operation: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> {
    return Effect.scoped(Effect.andThen(this.acquire(name), operation)) as Effect.Effect<A, E, R>;
  }

  /** Keeps all others of this name out for as long as the scope. A wait can be interrupted, and lets nobody else in early. */
  acquire(name: string): Effect.Effect<void, never, Scope> {
    const entry = Effect.acquireRelease(
      Effect.sync(() => this.enter(name)),
      (entered) => Effect.sync(() => this.leave(name, entered))
    );
    return Effect.flatMap(entry, ({ semaphore }) => semaphore.takeScoped(1));
  }

  private enter(name: string): Entry {
    const entry = this.entries.get(name) ?? { semaphore: Semaphore.makeUnsafe(1), users: 0 };
    this.entries.set(name, entry);
    entry.users++;
    return entry;
  }

  private leave(name: string, entry: Entry) {
    if (--entry.users === 0) this.entries.delete(name);
  }
}
