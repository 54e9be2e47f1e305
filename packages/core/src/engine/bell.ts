import * as Effect from "effect/Effect";
import { takeOut } from "../take-out.ts";

/** Tells everybody who waits that something has happened. */
export class Bell {
  private listeners: Array<() => void> = [];

  /** Ends when the bell is next rung. */
  readonly rung: Effect.Effect<void> = Effect.callback((resume) => Effect.sync(this.listen(() => resume(Effect.void))));

  /** Calls back once; returns what ends the wait. */
  listen(listener: () => void): () => void {
    this.listeners.push(listener);
    return () => takeOut(this.listeners, listener);
  }

  ring() {
    const { listeners } = this;
    this.listeners = [];
    for (const listener of listeners) listener();
  }
}
