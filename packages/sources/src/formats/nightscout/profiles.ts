import { type Fields, isFields, numberIn, textIn } from "./document.ts";
import { instantIn } from "./moment.ts";
import { type ProfileZone, profileZone } from "./profile-zone.ts";

const minute = 60_000;
const day = 86_400_000;

/** A value from that time of the day on, in milliseconds. */
export interface ScheduleStep {
  readonly start: number;
  readonly value: number;
}

const startOf = ({ timeAsSeconds, time }: Fields): number | undefined => {
  const [, hours, minutes] = /^(\d{1,2}):(\d\d)/u.exec(textIn(time) ?? "") ?? [];
  if (hours !== undefined) return (Number(hours) * 60 + Number(minutes)) * minute;
  const seconds = numberIn(timeAsSeconds);
  return seconds === undefined ? undefined : seconds * 1000;
};

/** A schedule of a profile, in order; `undefined` where a part of it cannot be read, or the day does not begin with it. */
export const scheduleIn = (value: unknown): ReadonlyArray<ScheduleStep> | undefined => {
  // Very old profiles have one value for the whole day.
  const whole = numberIn(value);
  if (whole !== undefined) return [{ start: 0, value: whole }];
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const steps = new Map<number, number>();
  for (const step of value) {
    if (!isFields(step)) return undefined;
    const start = startOf(step);
    const number = numberIn(step["value"]);
    if (start === undefined || number === undefined || start < 0 || start >= day || number < 0) return undefined;
    steps.set(start, number);
  }
  const sorted = [...steps].map(([start, number]) => ({ start, value: number })).sort((a, b) => a.start - b.start);
  return sorted[0]?.start === 0 ? sorted : undefined;
};

/** The settings of one name, as far as they matter for what ran when. */
interface Store {
  readonly name: string;
  readonly zone: ProfileZone | undefined;
  readonly basal: ReadonlyArray<ScheduleStep> | undefined;
}

const storeOf = (name: string, fields: Fields): Store => ({
  name,
  zone: profileZone(textIn(fields["timezone"]) ?? ""),
  basal: scheduleIn(fields["basal"])
});

interface Era {
  readonly from: number;
  readonly active: string;
  readonly stores: ReadonlyMap<string, Store>;
}

interface Switch {
  readonly from: number;
  /** Infinity where it holds until the next. */
  readonly to: number;
  readonly name: string;
  readonly own: Store | undefined;
}

/** The settings of a document, by name. Those of the first versions of Nightscout have no names. */
export const storesOf = (fields: Fields): { readonly active: string; readonly stores: ReadonlyMap<string, Fields> } => {
  const { store } = fields;
  if (!isFields(store)) return { active: "Default", stores: new Map([["Default", fields]]) };
  const stores = new Map(Object.entries(store).filter((pair): pair is [string, Fields] => isFields(pair[1])));
  const named = textIn(fields["defaultProfile"]);
  // Trio calls the only one Profile0 and says Default.
  const active = named !== undefined && stores.has(named) ? named : ([...stores.keys()][0] ?? "Default");
  return { active, stores };
};

/** When a profile begins to hold: `startDate`, which is 1970 where it always did. */
const profileStart = (fields: Fields): number | undefined => {
  const { startDate } = fields;
  if (typeof startDate === "string" && startDate.startsWith("1970-")) return Number.NEGATIVE_INFINITY;
  return instantIn(startDate) ?? instantIn(fields["mills"]) ?? instantIn(fields["created_at"]);
};

/** The rate that the schedule has at a moment, and until when that is so. */
export interface ScheduledRate {
  readonly rate: number;
  readonly scheduleName: string;
  readonly until: number;
}

/** Which settings held when, by profiles and by switches between them. */
export class Profiles {
  private readonly eras: Array<Era> = [];
  private readonly switches: Array<Switch> = [];
  private changes: ReadonlyArray<number> = [];
  /** How many profiles say no zone: what their clock times mean is not known. */
  withoutZone = 0;

  /** To be called for every document, in any order. `fallback`: the zone of profiles that name none. */
  add(fields: Fields, fallback: ProfileZone | undefined): void {
    const from = profileStart(fields);
    if (from === undefined) return;
    const { active, stores } = storesOf(fields);
    const read = new Map<string, Store>();
    for (const [name, each] of stores) {
      const store = storeOf(name, each);
      const zone = store.zone ?? fallback;
      if (zone === undefined && name === active && store.basal !== undefined) this.withoutZone++;
      read.set(name, { ...store, zone });
    }
    this.eras.push({ from, active, stores: read });
  }

  /** A `Profile Switch`: for its minutes, or until the next. */
  addSwitch(fields: Fields, from: number): void {
    const name = textIn(fields["profile"]);
    if (name === undefined) return;
    const minutes = numberIn(fields["duration"]) ?? 0;
    const to = minutes > 0 ? from + minutes * minute : Number.POSITIVE_INFINITY;
    this.switches.push({ from, to, name, own: ownStore(name, fields) });
  }

  /** To be called once, after the last document. */
  settle(): void {
    this.eras.sort((a, b) => a.from - b.from);
    this.switches.sort((a, b) => a.from - b.from);
    const all = [...this.eras.map(({ from }) => from), ...this.switches.flatMap(({ from, to }) => [from, to])];
    this.changes = all.filter((change) => Number.isFinite(change)).sort((a, b) => a - b);
  }

  /** The zone that the pump's clock was set to. */
  zoneAt(instant: number): ProfileZone | undefined {
    return this.storeAt(instant)?.zone;
  }

  /** `undefined`: no profile that holds then is known, or it says no zone. */
  rateAt(instant: number): ScheduledRate | undefined {
    const store = this.storeAt(instant);
    if (store?.basal === undefined || store.zone === undefined) return undefined;
    const { basal, zone, name } = store;
    const offset = zone.offsetAt(instant) * minute;
    const sinceMidnight = (((instant + offset) % day) + day) % day;
    const next = basal.findIndex(({ start }) => start > sinceMidnight);
    const step = next < 0 ? basal.at(-1)! : basal[next - 1]!;
    const expected = instant + (next < 0 ? day : basal[next]!.start) - sinceMidnight;
    // On nights when clocks change, the next step comes an hour sooner or later.
    const shifted = expected - (zone.offsetAt(expected) * minute - offset);
    const change = this.changes.find((at) => at > instant) ?? Number.POSITIVE_INFINITY;
    const until = Math.min(shifted > instant ? shifted : expected, change);
    return { rate: step.value, scheduleName: name, until };
  }

  private storeAt(instant: number): Store | undefined {
    const era = this.eras.findLast(({ from }) => from <= instant);
    if (!era) return undefined;
    const active = this.switches.findLast(({ from, to }) => from <= instant && instant < to);
    // A profile that is written later than a switch takes its place.
    if (active && active.from >= era.from)
      return active.own ?? era.stores.get(active.name) ?? era.stores.get(era.active);
    return era.stores.get(era.active);
  }
}

/** AndroidAPS writes the settings that it switches to into the switch. */
const ownStore = (name: string, { profileJson, percentage, CircadianPercentageProfile }: Fields): Store | undefined => {
  if (typeof profileJson !== "string") return undefined;
  try {
    const fields: unknown = JSON.parse(profileJson);
    if (!isFields(fields)) return undefined;
    const store = storeOf(name, fields);
    const share = CircadianPercentageProfile === true ? (numberIn(percentage) ?? 100) / 100 : 1;
    return { ...store, basal: store.basal?.map(({ start, value }) => ({ start, value: value * share })) };
  } catch {
    return undefined;
  }
};
