import { minute } from "./durations.ts";
import { longestWait, type Run, runsOf } from "./runs.ts";

/** How often a device records, and how many of its waits say so. */
interface Cadence {
  readonly interval: number;
  waits: number;
  longestRun: number;
}

/**
 * Milliseconds that each reading of one device stands for, found from their times, which are in order and not doubled.
 *
 * A device may change its cadence, and miss readings. A stretch is what has one cadence without a wait of more than 45 minutes; where waits
 * agree with each other, their mean is the cadence, to the whole minute where it is that near. Missed readings agree by chance only for
 * a short while: a slower cadence than the usual one must hold for eight waits somewhere. Readings between runs take the faster cadence of
 * the run before and the run after, else the device's usual one. A device without any stretch has the median of its waits, or `otherwise`.
 *
 * Where the next reading comes clearly earlier than that, a reading stands for the time until then.
 */
export const intervalsOf = (times: Float64Array, otherwise: number): Float64Array => {
  const waits = Float64Array.from({ length: Math.max(0, times.length - 1) }, (_, index) => {
    return (times[index + 1] ?? 0) - (times[index] ?? 0);
  });
  const found = runsOf(waits);
  const cadences = cadencesOf(found);
  const usual = [...cadences].sort((a, b) => b.waits - a.waits || b.interval - a.interval)[0];
  const runs = found
    .map((run) => ({ ...run, of: nearest(cadences, run) }))
    .filter(({ of }) => of !== undefined && !isByChance(of, usual));

  const intervals = new Float64Array(times.length).fill(usual?.interval ?? medianOf(waits) ?? otherwise);
  const isRegular = new Uint8Array(times.length);
  for (const { from, to, of } of runs) {
    intervals.fill(of?.interval ?? otherwise, from, to);
    isRegular.fill(1, from, to);
  }
  spread(intervals, isRegular, waits);
  for (const [index, wait] of waits.entries()) {
    const interval = intervals[index] ?? otherwise;
    if (isRegular[index] !== 1 && wait < 0.95 * interval) intervals[index] = wait;
  }
  return intervals;
};

const isByChance = (cadence: Cadence, usual: Cadence | undefined): boolean =>
  usual !== undefined && cadence.interval >= 1.8 * usual.interval && cadence.longestRun < 8;

/** The cadences that runs show; the longest says best what it is, and those within 15 % of it are the same. */
const cadencesOf = (runs: ReadonlyArray<Run>): ReadonlyArray<Cadence> => {
  const cadences: Array<Cadence> = [];
  for (const run of [...runs].sort((a, b) => b.to - b.from - (a.to - a.from))) {
    const waits = run.to - run.from;
    const known = nearest(cadences, run);
    if (known === undefined) cadences.push({ interval: toWholeMinute(run.cadence), waits, longestRun: waits });
    else known.waits += waits;
  }
  return cadences;
};

const nearest = (cadences: ReadonlyArray<Cadence>, { cadence }: Run): Cadence | undefined =>
  cadences.find(({ interval }) => Math.abs(cadence - interval) <= 0.15 * interval);

// Devices record at whole minutes; clocks and radios make it 5:00.3.
const toWholeMinute = (interval: number): number => {
  const whole = Math.round(interval / minute) * minute;
  return Math.abs(whole - interval) <= 0.03 * interval ? whole : interval;
};

const medianOf = (waits: Float64Array): number | undefined => {
  const sorted = waits.filter((wait) => wait <= longestWait).sort();
  return sorted[Math.floor(sorted.length / 2)];
};

/** Gives readings outside of runs the interval of the run before or after them in the same stretch, whichever is shorter. */
const spread = (intervals: Float64Array, isRegular: Uint8Array, waits: Float64Array): void => {
  const before = new Float64Array(intervals.length).fill(Infinity);
  const after = new Float64Array(intervals.length).fill(Infinity);
  const own = (index: number): number => (isRegular[index] === 1 ? (intervals[index] ?? Infinity) : Infinity);
  const isJoined = (index: number): boolean => (waits[index] ?? Infinity) <= longestWait;
  for (let index = 0; index < intervals.length; index++) {
    before[index] = own(index);
    if (isRegular[index] !== 1 && index > 0 && isJoined(index - 1)) before[index] = before[index - 1] ?? Infinity;
  }
  for (let index = intervals.length - 1; index >= 0; index--) {
    after[index] = own(index);
    if (isRegular[index] !== 1 && isJoined(index)) after[index] = after[index + 1] ?? Infinity;
  }
  for (let index = 0; index < intervals.length; index++) {
    const nearest = Math.min(before[index] ?? Infinity, after[index] ?? Infinity);
    if (nearest < Infinity) intervals[index] = nearest;
  }
};
