import * as Effect from "effect/Effect";
import * as Latch from "effect/Latch";

/** Asks an operation to start nothing new; what is in flight may end. */
export class StopSignal {
  private readonly latch = Latch.makeUnsafe();

  get isRequested(): boolean {
    return Latch.isOpen(this.latch);
  }

  request() {
    Latch.openUnsafe(this.latch);
  }

  /** Sleeps until the time is over or the stop is requested. */
  sleep(milliseconds: number): Effect.Effect<void> {
    return Effect.raceFirst(Effect.sleep(milliseconds), this.latch.await);
  }
}
