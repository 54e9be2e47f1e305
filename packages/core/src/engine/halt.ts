import * as Effect from "effect/Effect";
import { Bell } from "./bell.ts";

/** Says that nothing new is to be started. */
export class Halt {
  private readonly bell = new Bell();
  isOn = false;

  set() {
    this.isOn = true;
    this.bell.ring();
  }

  /** Sleeps, but not beyond the halt. */
  sleep(milliseconds: number): Effect.Effect<void> {
    return Effect.raceFirst(Effect.sleep(milliseconds), this.bell.after(0));
  }
}
