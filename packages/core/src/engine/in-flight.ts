import * as Effect from "effect/Effect";
import type { Waiter } from "../contract/waiting.ts";
import { Bell } from "./bell.ts";
import type { Halt } from "./halt.ts";
import { untilItIsDead } from "./until-dead.ts";

/** What one upload writes into a session by one request. */
export interface Flight {
  readonly sessionId: string;
  /** Whose it is: an upload keeps its own requests in order by itself. */
  readonly upload: object;
  originIds: ReadonlySet<string>;
  /** When it surely has no effect any more, in milliseconds since 1970: known where its answer will not come. */
  deadAt: number;
}

/** Longest that is waited without looking anew, in milliseconds. */
const longest = 60_000;

const none: ReadonlySet<string> = new Set();

const share = (one: Flight, other: Flight): boolean => {
  for (const id of one.originIds) if (other.originIds.has(id)) return true;
  return false;
};

/**
 * What all uploads of this process are writing to one server. Two requests that write the same id at the same time can
 * leave two copies of it on the platform.
 */
export class InFlight {
  private readonly flights = new Set<Flight>();
  private readonly landed = new Bell();

  /** Waits until no other upload writes one of these ids, and says that this one does; interrupted by the halt. */
  begin(flight: Flight, { now, halt, onWait }: Waiter & { readonly halt: Halt }): Effect.Effect<void> {
    const { landed } = this;
    return Effect.gen({ self: this }, function* () {
      for (;;) {
        const { rings } = landed;
        const other = this.inTheWayOf(flight, now());
        if (!other) break;
        const wait = Math.min(Math.max(other.deadAt - now(), 1), longest);
        if (other.deadAt < Infinity) onWait({ reason: untilItIsDead, milliseconds: wait, attempt: 0 });
        yield* Effect.raceFirst(landed.after(rings), halt.sleep(wait));
        if (halt.isOn) return yield* Effect.interrupt;
      }
      this.flights.add(flight);
    });
  }

  /** Whether another upload than this one writes this id into the session. */
  isWritten(id: string, sessionId: string, upload: object): boolean {
    for (const flight of this.flights) {
      if (flight.upload !== upload && flight.sessionId === sessionId && flight.originIds.has(id)) return true;
    }
    return false;
  }

  /** It has no effect any more from that time on. */
  end(flight: Flight, deadAt: number, now: number) {
    flight.deadAt = deadAt;
    if (deadAt <= now) this.remove(flight);
    this.landed.ring();
  }

  private remove(flight: Flight) {
    this.flights.delete(flight);
    // Whoever still holds the flight, such as the fiber that made it, must not hold the ids for as long.
    flight.originIds = none;
  }

  private inTheWayOf(flight: Flight, now: number): Flight | undefined {
    for (const other of this.flights) {
      if (other.deadAt <= now) this.remove(other);
      else if (other.upload !== flight.upload && other.sessionId === flight.sessionId && share(flight, other))
        return other;
    }
    return undefined;
  }
}
