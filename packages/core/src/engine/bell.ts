import * as Effect from "effect/Effect";
import { takeOut } from "./take-out.ts";

/** Tells everybody who waits that something has happened. */
export class Bell {
  private listeners: Array<() => void> = [];

  /** How often it was rung. */
  rings = 0;

  /**
   * Ends when the bell has been rung since it had been rung so often. Read `rings` before looking at what is waited for: a
   * fiber may be made to yield between the look and the wait, and the ring in between would be missed for ever.
   */
  after(rings: number): Effect.Effect<void> {
    return Effect.callback((resume) => {
      if (this.rings !== rings) return resume(Effect.void);
      return Effect.sync(this.listen(() => resume(Effect.void)));
    });
  }

  /** Calls back once; returns what ends the wait. */
  listen(listener: () => void): () => void {
    this.listeners.push(listener);
    return () => takeOut(this.listeners, listener);
  }

  ring() {
    this.rings++;
    const { listeners } = this;
    this.listeners = [];
    for (const listener of listeners) listener();
  }
}
