import { mgdlOf } from "@tideway/metrics";

/** A fingerstick. */
export interface Fingerstick {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly mgdl: number;
}

/** Insulin given for a meal or a correction, by a pump, a pen or a syringe. */
export interface Bolus {
  readonly time: number;
  /** What was given at once, in units. */
  readonly normal: number;
  /** What was given over a time, in units; 0 for most. */
  readonly extended: number;
  /** How long that took, in milliseconds. */
  readonly duration: number;
}

/** Carbohydrates that were entered. */
export interface Carbohydrates {
  readonly time: number;
  readonly grams: number;
}

/** A stretch of the basal rate of a pump. */
export interface Basal {
  readonly from: number;
  readonly to: number;
  /** Units an hour; 0 while the pump is suspended. */
  readonly rate: number;
  readonly isSuspended: boolean;
}

/** What a day view shows beside the readings of a sensor. */
export interface DayEvents {
  readonly fingersticks: ReadonlyArray<Fingerstick>;
  readonly boluses: ReadonlyArray<Bolus>;
  readonly carbohydrates: ReadonlyArray<Carbohydrates>;
  readonly basals: ReadonlyArray<Basal>;
}

/** Nothing but the readings of a sensor. */
export const noEvents: DayEvents = { fingersticks: [], boluses: [], carbohydrates: [], basals: [] };

type Members = Readonly<Record<string, unknown>>;

const amount = (value: unknown): number => (typeof value === "number" && value > 0 ? value : 0);
const membersOf = (value: unknown): Members => (typeof value === "object" && value !== null ? (value as Members) : {});

const carbohydratesIn = ({ type, carbInput, carbUnits, nutrition }: Members): number => {
  if (type === "wizard") return carbUnits === "exchanges" ? 0 : amount(carbInput);
  return type === "food" ? amount(membersOf(membersOf(nutrition)["carbohydrate"])["net"]) : 0;
};

/** Collects events from datums, which may come in any order; datums of other kinds are passed over. */
export class EventCollector {
  readonly #fingersticks: Array<Fingerstick> = [];
  readonly #boluses = new Map<string, Bolus>();
  readonly #carbohydrates: Array<Carbohydrates> = [];
  readonly #basals: Array<Basal> = [];

  add(datum: Members): void {
    const { type, time: text, value, units } = datum;
    const time = typeof text === "string" ? Date.parse(text) : Number.NaN;
    if (Number.isNaN(time)) return;
    const mgdl = type === "smbg" ? mgdlOf(Number(value), String(units)) : undefined;
    if (mgdl !== undefined) this.#fingersticks.push({ time, mgdl });
    const grams = carbohydratesIn(datum);
    if (grams > 0) this.#carbohydrates.push({ time, grams });
    if (type === "bolus") this.#addBolus(time, datum);
    if (type === "insulin") this.#addBolus(time, { normal: membersOf(datum["dose"])["total"] });
    if (type === "wizard" && typeof datum["bolus"] === "object") this.#addBolus(time, membersOf(datum["bolus"]));
    if (type === "basal") this.#addBasal(time, datum);
  }

  /** What was collected, in the order of time. */
  get events(): DayEvents {
    const byTime = (a: { readonly time: number }, b: { readonly time: number }): number => a.time - b.time;
    return {
      fingersticks: this.#fingersticks.toSorted(byTime),
      boluses: [...this.#boluses.values()].sort(byTime),
      carbohydrates: withoutDoubles(this.#carbohydrates.toSorted(byTime)),
      basals: this.#basals.toSorted((a, b) => a.from - b.from)
    };
  }

  #addBolus(time: number, { normal, extended, duration }: Members): void {
    const bolus = { time, normal: amount(normal), extended: amount(extended), duration: amount(duration) };
    // A bolus inside its calculation and beside it is one.
    if (bolus.normal + bolus.extended > 0) this.#boluses.set(`${time} ${bolus.normal} ${bolus.extended}`, bolus);
  }

  #addBasal(time: number, { deliveryType, rate, duration }: Members): void {
    const isSuspended = deliveryType === "suspend";
    const length = amount(duration);
    if (length > 0)
      this.#basals.push({ from: time, to: time + length, rate: isSuspended ? 0 : amount(rate), isSuspended });
  }
}

/** Within so many milliseconds the same amount is the same meal, from two uploaders: as `dailyTotals` of metrics counts. */
const sameMoment = 2000;

const withoutDoubles = (all: ReadonlyArray<Carbohydrates>): ReadonlyArray<Carbohydrates> =>
  all.filter(({ time, grams }, index) => {
    for (let before = index - 1; before >= 0; before--) {
      const other = all[before];
      if (other === undefined || time - other.time > sameMoment) return true;
      if (other.grams === grams) return false;
    }
    return true;
  });

/** Of events in the order of time, those of a span; basals that reach into it too, cut off at its ends. */
export const eventsBetween = (events: DayEvents, from: number, to: number): DayEvents => {
  const within = ({ time }: { readonly time: number }): boolean => time >= from && time < to;
  return {
    fingersticks: events.fingersticks.filter(within),
    boluses: events.boluses.filter(within),
    carbohydrates: events.carbohydrates.filter(within),
    basals: events.basals
      .filter((basal) => basal.to > from && basal.from < to)
      .map((basal) => ({ ...basal, from: Math.max(from, basal.from), to: Math.min(to, basal.to) }))
  };
};
