import type { ReadOptions } from "../../read-options.ts";
import { namedZone, type ProfileZone } from "./profile-zone.ts";
import type { Profiles } from "./profiles.ts";

const minute = 60_000;

interface Step {
  readonly from: number;
  readonly zone: ProfileZone | undefined;
}

/** What clocks showed where the person was: by the zones that were given, or else by the profile of the time. */
export class MemberClock {
  private readonly steps: ReadonlyArray<Step>;
  private readonly profiles: Profiles;

  constructor({ timezone, travel = [] }: ReadOptions, profiles: Profiles) {
    this.profiles = profiles;
    const steps: Array<Step> =
      timezone === undefined ? [] : [{ from: Number.NEGATIVE_INFINITY, zone: namedZone(timezone) }];
    for (const { from, timezone: name } of travel) {
      const zone = namedZone(name);
      const wall = Date.parse(from.length === 10 ? `${from}T00:00Z` : `${from}Z`);
      steps.push({ from: wall - (zone?.offsetAt(wall) ?? 0) * minute, zone });
    }
    this.steps = steps;
  }

  /** The time members of a datum. Only `time`, where no zone is known. */
  members(instant: number): Readonly<Record<string, unknown>> {
    const whole = Math.trunc(instant);
    const zone = this.steps.findLast(({ from }) => from <= whole)?.zone ?? this.profiles.zoneAt(whole);
    const time = new Date(whole).toISOString();
    if (zone === undefined) return { time };
    const timezoneOffset = zone.offsetAt(whole);
    const deviceTime = new Date(whole + timezoneOffset * minute).toISOString().slice(0, 19);
    return { time, ...(zone.name === undefined ? {} : { timezone: zone.name }), timezoneOffset, deviceTime };
  }
}
