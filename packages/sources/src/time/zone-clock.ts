import type { TimeMembers } from "@tideway/schemas";
import type { Temporal } from "temporal-polyfill";
import { InvalidOption } from "../invalid-option.ts";
import type { ReadOptions } from "../read-options.ts";
import { loadTemporal } from "./temporal.ts";

/** What a clock on the wall showed: the milliseconds since 1970 that it would be if the clock were set to UTC. */
export type WallTime = number;

/** A wall time that is no single moment. */
export interface UnclearTime {
  /** `twice`: clocks were put back over it. `never`: they were put forward over it. */
  readonly kind: "twice" | "never";
  /** The moment by the offset that held before the change, in milliseconds since 1970. */
  readonly before: number;
  /** The moment by the offset that held after it. */
  readonly after: number;
}

const hour = 3_600_000;
const minute = 60_000;

/** One zone's clock. */
class Zone {
  readonly name: string;
  private readonly temporal: typeof Temporal;
  /** By local hour: the offset that holds all through it, or `undefined` where it changes within. */
  private readonly offsets = new Map<number, number | undefined>();
  private lastHour = Number.NaN;
  private lastOffset: number | undefined;

  constructor(temporal: typeof Temporal, name: string) {
    this.temporal = temporal;
    this.name = name;
    try {
      this.exactly(0);
    } catch (cause) {
      throw new InvalidOption("timezone", `must be a zone that this engine knows: it does not know ${name}.`, {
        cause
      });
    }
  }

  instantOf(wall: WallTime): number | UnclearTime {
    const index = Math.floor(wall / hour);
    if (index !== this.lastHour) {
      if (!this.offsets.has(index)) this.offsets.set(index, this.offsetThrough(index * hour));
      this.lastHour = index;
      this.lastOffset = this.offsets.get(index);
    }
    return this.lastOffset === undefined ? this.exactly(wall) : wall - this.lastOffset;
  }

  private offsetThrough(start: WallTime): number | undefined {
    const first = this.exactly(start);
    const last = this.exactly(start + hour - 1);
    if (typeof first !== "number" || typeof last !== "number") return undefined;
    return last - first === hour - 1 ? start - first : undefined;
  }

  private exactly(wall: WallTime): number | UnclearTime {
    const date = new Date(wall);
    const local = new this.temporal.PlainDateTime(
      date.getUTCFullYear(),
      date.getUTCMonth() + 1,
      date.getUTCDate(),
      date.getUTCHours(),
      date.getUTCMinutes(),
      date.getUTCSeconds(),
      date.getUTCMilliseconds()
    );
    const earlier = local.toZonedDateTime(this.name, { disambiguation: "earlier" });
    const later = local.toZonedDateTime(this.name, { disambiguation: "later" });
    const [first, second] = [earlier.epochMilliseconds, later.epochMilliseconds];
    if (first === second) return first;
    // In a gap, both show another time: the later one is the moment of a clock that nobody has put forward yet.
    return later.toPlainDateTime().equals(local)
      ? { kind: "twice", before: first, after: second }
      : { kind: "never", before: second, after: first };
  }
}

interface Step {
  readonly from: WallTime;
  readonly zone: Zone;
}

/** A device's clock: which zone it was set to when, and which moments its wall times are. */
export class ZoneClock {
  private readonly steps: ReadonlyArray<Step>;
  private readonly repeatedHour: ReadOptions["repeatedHour"];

  private constructor(steps: ReadonlyArray<Step>, repeatedHour: ReadOptions["repeatedHour"]) {
    this.steps = steps;
    this.repeatedHour = repeatedHour;
  }

  /**
   * The clock that the options tell of; `undefined` where they name no zone.
   *
   * @throws {InvalidOption} a zone that this engine does not know.
   */
  static async open({
    timezone,
    travel = [],
    repeatedHour
  }: Pick<ReadOptions, "timezone" | "travel" | "repeatedHour">): Promise<ZoneClock | undefined> {
    if (timezone === undefined) return undefined;
    const temporal = await loadTemporal();
    const steps = [{ from: Number.NEGATIVE_INFINITY, zone: new Zone(temporal, timezone) }];
    for (const { from, timezone: name } of travel) {
      steps.push({
        from: Date.parse(from.length === 10 ? `${from}T00:00Z` : `${from}Z`),
        zone: new Zone(temporal, name)
      });
    }
    return new ZoneClock(steps, repeatedHour);
  }

  /** The moment of a wall time, in milliseconds since 1970, or the two that it may be, whatever the options say. */
  possibleInstants(wall: WallTime): number | UnclearTime {
    return this.zoneAt(wall).instantOf(wall);
  }

  /**
   * The moment of a wall time, or what is unclear about it. An hour that occurs twice is clear where the options say which of
   * the two is meant; where the file itself can tell, ask {@link possibleInstants} first.
   */
  instantOf(wall: WallTime): number | UnclearTime {
    const instant = this.possibleInstants(wall);
    if (typeof instant === "number" || instant.kind === "never" || this.repeatedHour === undefined) return instant;
    return this.repeatedHour === "earlier" ? instant.before : instant.after;
  }

  /** The time members of a datum: `deviceTime` is what the clock showed, also where its moment was found in another way. */
  members(wall: WallTime, instant: number): TimeMembers {
    return {
      time: new Date(instant).toISOString(),
      timezone: this.zoneAt(wall).name,
      timezoneOffset: Math.round((wall - instant) / minute),
      deviceTime: new Date(wall).toISOString().slice(0, 19)
    };
  }

  private zoneAt(wall: WallTime): Zone {
    const { steps } = this;
    let at = steps.length - 1;
    while (steps[at]!.from > wall) at--;
    return steps[at]!.zone;
  }
}
