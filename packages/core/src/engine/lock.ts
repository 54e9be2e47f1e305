import * as Deferred from "effect/Deferred";
import * as Effect from "effect/Effect";

/**
 * One operation at a time for each name, in this process.
 *
 * `effect/Semaphore` does this and more; it would add 1.4 kB gzipped to every web page for one permit.
 */
export class Lock {
  private readonly holders = new Map<string, Deferred.Deferred<void>>();

  /** Runs the operation when no other one of this name runs. A wait can be interrupted, and lets nobody else in early. */
  hold<A, E, R>(name: string, operation: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> {
    const { holders } = this;
    return Effect.uninterruptibleMask((restore) =>
      Effect.gen(function* () {
        for (let holder = holders.get(name); holder; holder = holders.get(name)) yield* restore(Deferred.await(holder));
        const mine = Deferred.makeUnsafe<void>();
        holders.set(name, mine);
        return yield* Effect.ensuring(
          restore(operation),
          Effect.sync(() => {
            holders.delete(name);
            Deferred.doneUnsafe(mine, Effect.void);
          })
        );
      })
    );
  }
}
