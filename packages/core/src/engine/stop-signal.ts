import * as Effect from "effect/Effect";
import { Notifier } from "./notifier.ts";

/** Asks an operation to start nothing new; what is in flight may end. */
export class StopSignal {
  private readonly notifier = new Notifier();
  isRequested = false;

  request() {
    this.isRequested = true;
    this.notifier.notify();
  }

  /** Sleeps until the time is over or the stop is requested. */
  sleep(milliseconds: number): Effect.Effect<void> {
    return Effect.raceFirst(Effect.sleep(milliseconds), this.notifier.changeAfter(0));
  }
}
