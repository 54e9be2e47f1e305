import * as Effect from "effect/Effect";
import type { Waiter } from "../contract/waiting.ts";
import { awaitingQuiescence } from "./await-quiescence.ts";
import { Notifier } from "./notifier.ts";
import type { StopSignal } from "./stop-signal.ts";

/** What one upload writes into a session by one request. */
export interface InFlightWrite {
  readonly sessionId: string;
  /** Whose it is: an upload keeps its own requests in order by itself. */
  readonly upload: object;
  originIds: ReadonlySet<string>;
  /** When it is certain to have no further effect, in milliseconds since 1970: known where its answer will not come. */
  quiescentAt: number;
}

/** Longest wait before the condition is tested anew, in milliseconds. */
const longest = 60_000;

const none: ReadonlySet<string> = new Set();

const share = (one: InFlightWrite, other: InFlightWrite): boolean => {
  for (const id of one.originIds) if (other.originIds.has(id)) return true;
  return false;
};

/**
 * What all uploads of this process are writing to one server. Two requests that write the same id at the same time can
 * leave two copies of it on the platform.
 */
export class InFlightWrites {
  private readonly writes = new Set<InFlightWrite>();
  private readonly ended = new Notifier();

  /** Waits until no other upload writes one of these ids, and registers this write; interrupted when a stop is requested. */
  begin(
    write: InFlightWrite,
    { now, stopSignal, onWait }: Waiter & { readonly stopSignal: StopSignal }
  ): Effect.Effect<void> {
    const { ended } = this;
    return Effect.gen({ self: this }, function* () {
      for (;;) {
        const { change } = ended;
        const other = this.inTheWayOf(write, now());
        if (!other) break;
        const wait = Math.min(Math.max(other.quiescentAt - now(), 1), longest);
        if (other.quiescentAt < Infinity) onWait({ reason: awaitingQuiescence, milliseconds: wait, attempt: 0 });
        yield* Effect.raceFirst(change, stopSignal.sleep(wait));
        if (stopSignal.isRequested) return yield* Effect.interrupt;
      }
      this.writes.add(write);
    });
  }

  /** Whether another upload than this one writes this id into the session. */
  isWritten(id: string, sessionId: string, upload: object): boolean {
    for (const write of this.writes) {
      if (write.upload !== upload && write.sessionId === sessionId && write.originIds.has(id)) return true;
    }
    return false;
  }

  /** It has no effect any more from that time on. */
  end(write: InFlightWrite, quiescentAt: number, now: number) {
    write.quiescentAt = quiescentAt;
    if (quiescentAt <= now) this.remove(write);
    this.ended.notify();
  }

  private remove(write: InFlightWrite) {
    this.writes.delete(write);
    // Whoever still holds the write, such as the fiber that made it, must not hold the ids for as long.
    write.originIds = none;
  }

  private inTheWayOf(write: InFlightWrite, now: number): InFlightWrite | undefined {
    for (const other of this.writes) {
      if (other.quiescentAt <= now) this.remove(other);
      else if (other.upload !== write.upload && other.sessionId === write.sessionId && share(write, other))
        return other;
    }
    return undefined;
  }
}
