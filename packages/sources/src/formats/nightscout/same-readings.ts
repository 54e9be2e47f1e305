import { isCloud } from "./device-name.ts";
import { secondOf } from "./origin-id.ts";

/** Two readings closer than that are one: sensors take a minute or more. Milliseconds. */
const tolerance = 30_000;
/** Of two uploaders, or of unnamed ones: two sensors on one body are not in step for long. */
const toleranceBetween = 15_000;

/** Smoothing and rounding move a value by that much and no more. A lower one beside a higher one is never left out. */
const isNear = (one: number, other: number): boolean => Math.abs(one - other) <= Math.max(10, one * 0.1);

/** What becomes of a reading. */
export type ReadingDecision =
  /** Its number among those of its second that stay. */
  | { readonly occurrence: number }
  /** The uploader of the reading that stays in place of it. */
  | { readonly insteadOf: string };

const unnamed = "an unnamed uploader";
const rankOf = (device: string): number => (isCloud(device) ? 2 : device === unnamed ? 1 : 0);

/**
 * Finds readings that several uploaders brought to a site, or one of them twice. All are added first, then asked for by the
 * number in which they were added: which stays does not depend on the order. About 40 bytes a reading.
 */
export class SameReadings {
  private readonly times: Array<number> = [];
  private readonly values: Array<number> = [];
  private readonly devices: Array<number> = [];
  private readonly names: Array<string> = [];
  private readonly numbers = new Map<string, number>();
  /** By reading: the number of the one that stays in place of it, or its own. */
  private kept = new Uint32Array(0);
  private readonly occurrences = new Map<number, number>();

  /** `time` in milliseconds since 1970, `value` in mg/dL. */
  add(time: number, value: number, device: string | undefined): void {
    const name = device ?? unnamed;
    let number = this.numbers.get(name);
    if (number === undefined) {
      number = this.names.length;
      this.numbers.set(name, number);
      this.names.push(name);
    }
    this.times.push(time);
    this.values.push(value);
    this.devices.push(number);
  }

  /** To be called once, after the last reading. */
  settle(): void {
    const { times } = this;
    this.kept = Uint32Array.from(times.keys());
    const order = Uint32Array.from(times.keys()).sort((a, b) => this.compare(a, b));
    const done = new Uint8Array(times.length);
    for (let at = 0; at < order.length; at++) {
      const first = order[at]!;
      if (done[first] === 1) continue;
      const group = [first];
      for (let next = at + 1; next < order.length; next++) {
        const other = order[next]!;
        if (times[other]! - times[first]! > tolerance) break;
        if (done[other] === 0 && this.isSame(first, other)) group.push(other);
      }
      const best = group.reduce((one, other) => (this.rank(other) < this.rank(one) ? other : one));
      for (const member of group) {
        done[member] = 1;
        this.kept[member] = best;
      }
    }
    this.numberWithinSeconds(order);
  }

  /** What becomes of the reading that was added as that number, counted from 0. */
  decisionOf(index: number): ReadingDecision {
    const kept = this.kept[index]!;
    if (kept !== index) return { insteadOf: this.names[this.devices[kept]!]! };
    return { occurrence: this.occurrences.get(index) ?? 1 };
  }

  private rank(index: number): number {
    return rankOf(this.names[this.devices[index]!]!);
  }

  private isSame(one: number, other: number): boolean {
    const apart = this.times[other]! - this.times[one]!;
    const device = this.devices[one]!;
    const isOneStream = device === this.devices[other] && this.names[device] !== unnamed;
    return apart <= (isOneStream ? tolerance : toleranceBetween) && isNear(this.values[one]!, this.values[other]!);
  }

  private compare(a: number, b: number): number {
    const byTime = this.times[a]! - this.times[b]!;
    if (byTime !== 0) return byTime;
    const [one, other] = [this.names[this.devices[a]!]!, this.names[this.devices[b]!]!];
    if (one !== other) return one < other ? -1 : 1;
    return this.values[a]! - this.values[b]! || a - b;
  }

  /** Readings of one second that differ stay, each with an id of its own. */
  private numberWithinSeconds(order: Uint32Array): void {
    let second = Number.NaN;
    let number = 0;
    for (const index of order) {
      if (this.kept[index] !== index) continue;
      const own = secondOf(this.times[index]!);
      number = own === second ? number + 1 : 1;
      second = own;
      if (number > 1) this.occurrences.set(index, number);
    }
  }
}
