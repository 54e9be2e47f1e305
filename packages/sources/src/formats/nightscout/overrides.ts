import type { MemberClock } from "./member-clock.ts";

const week = 604_800_000;

/** A time in which the loop worked to other settings. */
export interface Override {
  readonly from: number;
  /** Milliseconds; `undefined`: until it is ended; 0: it only ends what was there before. */
  readonly duration: number | undefined;
  readonly kind: "override" | "target";
  readonly members: Readonly<Record<string, unknown>>;
}

/** Collects overrides and targets: each ends where the next of its kind begins. */
export class Overrides {
  private readonly all: Array<Override> = [];

  add(override: Override): void {
    this.all.push(override);
  }

  *datums(clock: MemberClock): Generator<Record<string, unknown>> {
    const sorted = this.all.sort((a, b) => a.from - b.from);
    const next = new Map<string, number>();
    for (const { from, duration: meant, kind, members } of sorted.toReversed()) {
      const room = (next.get(kind) ?? Number.POSITIVE_INFINITY) - from;
      next.set(kind, from);
      if (meant === 0) continue;
      const duration = Math.round(Math.min(meant ?? Number.POSITIVE_INFINITY, room));
      const expected =
        meant !== undefined && meant > room ? { expectedDuration: Math.round(Math.min(meant, week)) } : {};
      // Of one that nobody ended, and of one over a week, it is not known how long it held.
      const lasting = duration <= week ? { duration, ...expected } : {};
      yield {
        type: "deviceEvent",
        subType: "pumpSettingsOverride",
        ...clock.members(from),
        ...lasting,
        ...members
      };
    }
  }
}
