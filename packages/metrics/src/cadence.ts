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
 * A device may change its cadence, and miss readings. Where waits agree with each other, their mean is the cadence, to the
 * whole minute where it is that near. Missed readings agree by chance for a short while: a cadence slower than the usual
 * one must hold for eight waits somewhere, or for as much time. Readings between such runs take the faster cadence of the run before and
 * the run after, unless more than 45 minutes lie between; else the device's usual one. Without any run it is the median of the waits, or
 * `otherwise` where there is none.
 *
 * Between runs a reading stands for the time until the next, unless one is missing there.
 */
export const intervalsOf = (times: Float64Array, otherwise: number): Float64Array => {
  const waits = new Float64Array(Math.max(0, times.length - 1));
  for (let index = 0; index < waits.length; index++) waits[index] = (times[index + 1] ?? 0) - (times[index] ?? 0);
  const found = runsOf(waits);
  const cadences = cadencesOf(found);
  const usual = [...cadences].sort((a, b) => b.waits - a.waits || b.interval - a.interval)[0];
  const isByChance = chanceIn(cadences, usual, waits);
  const runs = found
    .map((run) => ({ ...run, of: nearest(cadences, run) }))
    .filter(({ of }) => of !== undefined && !isByChance(of));

  const intervals = new Float64Array(times.length).fill(usual?.interval ?? medianOf(waits) ?? otherwise);
  const isRegular = new Uint8Array(times.length);
  for (const { from, to, of } of runs) {
    intervals.fill(of?.interval ?? otherwise, from, to);
    isRegular.fill(1, from, to);
  }
  spread(intervals, isRegular, waits);
  for (const { from, to, of, sensors } of runs) intervals.fill((of?.interval ?? otherwise) / sensors, from, to);
  for (let index = 0; index < waits.length; index++) {
    const wait = waits[index] ?? 0;
    const interval = intervals[index] ?? otherwise;
    const isDue = Math.abs(wait - interval) <= 0.05 * interval;
    if (isRegular[index] !== 1 && !isDue && wait < 1.5 * interval) intervals[index] = wait;
  }
  return intervals;
};

/**
 * Tells cadences that missed readings may have made from those of the device: slower than the usual one, for a few waits only.
 * Where most of the time has a cadence, few readings are missing, and a slower one that held for as long is true.
 */
const chanceIn = (
  cadences: ReadonlyArray<Cadence>,
  usual: Cadence | undefined,
  waits: Float64Array
): ((cadence: Cadence) => boolean) => {
  const timeOf = ({ interval, waits }: Cadence): number => interval * waits;
  const regular = cadences.reduce((sum, cadence) => sum + timeOf(cadence), 0);
  const all = waits.reduce((sum, wait) => sum + (wait <= longestWait ? wait : 0), 0);
  return (cadence) => {
    if (usual === undefined || cadence.interval < 1.8 * usual.interval || cadence.longestRun >= 8) return false;
    return regular < 0.5 * all || timeOf(cadence) < 0.75 * timeOf(usual);
  };
};

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
  return Math.abs(whole - interval) <= 0.01 * interval ? whole : interval;
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
