import * as Deferred from "effect/Deferred";
import * as Effect from "effect/Effect";

/** Says that nothing new is to be started. */
export class Halt {
  private readonly deferred = Deferred.makeUnsafe<void>();
  isOn = false;

  set() {
    this.isOn = true;
    Deferred.doneUnsafe(this.deferred, Effect.void);
  }

  /** Sleeps, but not beyond the halt. */
  sleep(milliseconds: number): Effect.Effect<void> {
    return Effect.raceFirst(Effect.sleep(milliseconds), Deferred.await(this.deferred));
  }
}
