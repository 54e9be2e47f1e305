import type { Span } from "./span.ts";

/** Readings in the order of time, each with the time it stands for. Columns of numbers: an object for each takes five times as long. */
export interface Weighed {
  readonly length: number;
  /** Milliseconds since 1970. */
  readonly times: Float64Array;
  readonly mgdls: Float64Array;
  /** Milliseconds that count for each: where several devices recorded, they share the time. */
  readonly weights: Float64Array;
  /** When the next reading was due, in milliseconds since 1970. */
  readonly untils: Float64Array;
  /** Minutes ahead of UTC; NaN where the reading does not say. */
  readonly offsets: Float32Array;
}

/** Room for so many readings, all 0. */
export const roomFor = (length: number): Weighed => ({
  length,
  times: new Float64Array(length),
  mgdls: new Float64Array(length),
  weights: new Float64Array(length),
  untils: new Float64Array(length),
  offsets: new Float32Array(length)
});

/** The readings at some indexes, in that order. */
export const readingsAt = (readings: Weighed, indexes: ArrayLike<number>): Weighed => {
  const picked = roomFor(indexes.length);
  for (let to = 0; to < picked.length; to++) {
    const from = indexes[to] ?? 0;
    picked.times[to] = readings.times[from] ?? 0;
    picked.mgdls[to] = readings.mgdls[from] ?? 0;
    picked.weights[to] = readings.weights[from] ?? 0;
    picked.untils[to] = readings.untils[from] ?? 0;
    picked.offsets[to] = readings.offsets[from] ?? 0;
  }
  return picked;
};

/** A part of the readings, from one index to before another; nothing is copied. */
export const sliceOf = ({ times, mgdls, weights, untils, offsets }: Weighed, from: number, to: number): Weighed => ({
  length: to - from,
  times: times.subarray(from, to),
  mgdls: mgdls.subarray(from, to),
  weights: weights.subarray(from, to),
  untils: untils.subarray(from, to),
  offsets: offsets.subarray(from, to)
});

/** The readings of several devices as one series; at the same moment, in the order of the devices. */
export const merged = (devices: ReadonlyArray<Weighed>): Weighed => {
  const all = roomFor(devices.reduce((sum, { length }) => sum + length, 0));
  let filled = 0;
  for (const { length, times, mgdls, weights, untils, offsets } of devices) {
    all.times.set(times, filled);
    all.mgdls.set(mgdls, filled);
    all.weights.set(weights, filled);
    all.untils.set(untils, filled);
    all.offsets.set(offsets, filled);
    filled += length;
  }
  const order = Int32Array.from(all.times.keys());
  order.sort((a, b) => (all.times[a] ?? 0) - (all.times[b] ?? 0) || a - b);
  return readingsAt(all, order);
};

/** Those of a span. */
export const readingsIn = (readings: Weighed, { from, to }: Span): Weighed => {
  const countBefore = (time: number): number => {
    let [low, high] = [0, readings.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((readings.times[middle] ?? Infinity) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const first = countBefore(from);
  return sliceOf(readings, first, Math.max(first, countBefore(to)));
};
