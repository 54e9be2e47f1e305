import type { Sample } from "./reading.ts";

/** Samples as columns of numbers: 28 bytes each, where an object takes a hundred. */
export interface Samples {
  readonly length: number;
  readonly times: Float64Array;
  readonly mgdls: Float64Array;
  readonly stated: Float64Array;
  readonly offsets: Float32Array;
}

/** Keeps the samples of one device, in the order they come in. */
export class SampleStore {
  #length = 0;
  #times = new Float64Array(64);
  #mgdls = new Float64Array(64);
  #stated = new Float64Array(64);
  #offsets = new Float32Array(64);

  add({ time, mgdl, stated, offset }: Sample): void {
    if (this.#length === this.#times.length) this.#grow();
    this.#times[this.#length] = time;
    this.#mgdls[this.#length] = mgdl;
    this.#stated[this.#length] = stated;
    this.#offsets[this.#length] = offset;
    this.#length++;
  }

  get times(): Float64Array {
    return this.#times.subarray(0, this.#length);
  }

  /** Those of a span of time in the order of time, of value where times are equal. */
  between(from: number, to: number): Samples {
    const within = this.#indexesBetween(from, to);
    const all = { times: this.#times, mgdls: this.#mgdls, stated: this.#stated, offsets: this.#offsets };
    if (isOrdered(within, all)) {
      // Most data is in order: nothing is copied then.
      if (within.length === this.#length) return { ...all, length: within.length, times: this.times };
    } else within.sort((a, b) => order(all, a, b));
    const [times, mgdls, stated] = [0, 1, 2].map(() => new Float64Array(within.length));
    const some = { times, mgdls, stated, offsets: new Float32Array(within.length) } as typeof all;
    for (let to = 0; to < within.length; to++) {
      const index = within[to] ?? 0;
      some.times[to] = all.times[index] ?? 0;
      some.mgdls[to] = all.mgdls[index] ?? 0;
      some.stated[to] = all.stated[index] ?? 0;
      some.offsets[to] = all.offsets[index] ?? 0;
    }
    return { ...some, length: within.length };
  }

  #indexesBetween(from: number, to: number): Int32Array {
    const indexes = new Int32Array(this.#length);
    let found = 0;
    for (let index = 0; index < this.#length; index++) {
      const time = this.#times[index] ?? Number.NaN;
      if (time >= from && time < to) indexes[found++] = index;
    }
    return indexes.subarray(0, found);
  }

  #grow(): void {
    const enlarged = <A extends Float64Array | Float32Array>(from: A, to: A): A => {
      to.set(from);
      return to;
    };
    const size = 2 * this.#times.length;
    this.#times = enlarged(this.#times, new Float64Array(size));
    this.#mgdls = enlarged(this.#mgdls, new Float64Array(size));
    this.#stated = enlarged(this.#stated, new Float64Array(size));
    this.#offsets = enlarged(this.#offsets, new Float32Array(size));
  }
}

type Columns = Omit<Samples, "length">;

/** Orders two samples by all they say: which of them came in first must not matter. */
const order = ({ times, mgdls, stated, offsets }: Columns, a: number, b: number): number =>
  (times[a] ?? 0) - (times[b] ?? 0) ||
  (mgdls[a] ?? 0) - (mgdls[b] ?? 0) ||
  compare(stated[a] ?? 0, stated[b] ?? 0) ||
  compare(offsets[a] ?? 0, offsets[b] ?? 0);

const isOrdered = (indexes: Int32Array, columns: Columns): boolean => {
  for (let at = 1; at < indexes.length; at++) {
    if (order(columns, indexes[at - 1] ?? 0, indexes[at] ?? 0) > 0) return false;
  }
  return true;
};

/** Orders numbers, those that are none last. */
const compare = (a: number, b: number): number => {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a - b;
};
