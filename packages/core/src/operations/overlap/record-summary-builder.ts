import type { ComparedReading, RecordSummary } from "../../contract/overlap.ts";
import { hashText } from "../../prepare/hash.ts";
import { readingOf, withInner } from "./readings-of.ts";

type Members = Readonly<Record<string, unknown>>;

/** How many days are looked at, unless said otherwise. */
const usualDays = 31;

const dayOf = (datum: Members): string | undefined => {
  const time = Date.parse(String(datum["time"]));
  if (Number.isNaN(time)) return undefined;
  const day = new Date(time).toISOString().slice(0, 10);
  // A year that has not four digits cannot be asked for.
  return /^\d{4}-/u.test(day) ? day : undefined;
};

/**
 * Sums up a record datum by datum, in any order, in memory that does not grow with it but for the list of its days. The sample
 * of days is the first, the last, and others by a hash of the date: the same record gives the same ones.
 */
export class RecordSummaryBuilder {
  readonly #deviceIds = new Set<string>();
  readonly #types = new Set<string>();
  readonly #days = new Set<string>();
  /** Readings by sampled day. A day that was given up is never taken again: those that push it out stay. */
  readonly #sample = new Map<string, Array<ComparedReading>>();
  readonly #ranks = new Map<string, string>();
  readonly #mostDays: number;
  #first = "";
  #last = "";

  /** Takes the most days to sample, at least 2. Default: 31. */
  constructor(mostDays: number = usualDays) {
    if (!(mostDays >= 2)) throw new RangeError(`At least 2 days are sampled, not ${mostDays}.`);
    this.#mostDays = mostDays;
  }

  /** Takes in a datum, in the form in which it is uploaded or in that in which it is stored. One without a time is passed over. */
  add(datum: object): void {
    for (const one of withInner(datum as Members)) this.#take(one);
  }

  summary(): RecordSummary {
    const sampledDays = [...this.#sample.keys()].sort();
    return {
      deviceIds: [...this.#deviceIds].sort(),
      types: [...this.#types].sort(),
      days: [...this.#days].sort(),
      sampledDays,
      readings: sampledDays.flatMap((day) => this.#sample.get(day) ?? [])
    };
  }

  #take(datum: Members) {
    const day = dayOf(datum);
    if (day === undefined) return;
    this.#types.add(String(datum["type"]));
    if (typeof datum["deviceId"] === "string") this.#deviceIds.add(datum["deviceId"]);
    if (!this.#days.has(day)) this.#takeDay(day);
    const reading = readingOf(datum);
    if (reading) this.#sample.get(day)?.push(reading);
  }

  #takeDay(day: string) {
    this.#days.add(day);
    if (this.#first === "" || day < this.#first) this.#first = day;
    if (day > this.#last) this.#last = day;
    this.#sample.set(day, []);
    this.#ranks.set(day, hashText(day));
    while (this.#sample.size > this.#mostDays) {
      const dispensable = [...this.#sample.keys()].filter((one) => one !== this.#first && one !== this.#last);
      const last = dispensable.reduce((a, b) => (this.#ranks.get(a)! > this.#ranks.get(b)! ? a : b));
      this.#sample.delete(last);
      this.#ranks.delete(last);
    }
  }
}
