import * as Effect from "effect/Effect";
import { removeElement } from "./remove-element.ts";

/** Wakes everything that waits for a change: a condition variable that counts its changes. */
export class Notifier {
  private listeners: Array<() => void> = [];

  /** How many changes there have been. */
  version = 0;

  /**
   * Ends when there has been a change since that version. Read `version` before testing the condition that is waited for: a
   * fiber may be made to yield between the test and the wait, and a change in between would be missed for ever.
   */
  changeAfter(version: number): Effect.Effect<void> {
    return Effect.callback((resume) => {
      if (this.version !== version) return resume(Effect.void);
      return Effect.sync(this.onNext(() => resume(Effect.void)));
    });
  }

  /** Calls back at the next change, once; returns what takes the listener away again. */
  onNext(listener: () => void): () => void {
    this.listeners.push(listener);
    return () => removeElement(this.listeners, listener);
  }

  notify() {
    this.version++;
    const { listeners } = this;
    this.listeners = [];
    for (const listener of listeners) listener();
  }
}
