import * as Deferred from "effect/Deferred";
import type * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";

/** Wakes everything that waits for a change: a condition variable, made of a Deferred for each change. */
export class Notifier {
  private next = Deferred.makeUnsafe<void>();

  /**
   * Ends at the next change. Take it before testing the condition that is waited for: a fiber may be made to yield between the
   * test and the wait, and a change in between would be missed for ever. Not so one that was taken before.
   */
  get change(): Effect.Effect<void> {
    return Deferred.await(this.next);
  }

  notify() {
    const { next } = this;
    this.next = Deferred.makeUnsafe();
    Deferred.doneUnsafe(next, Exit.void);
  }
}
