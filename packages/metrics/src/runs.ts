import { minute } from "./durations.ts";

/** A longer wait than this, in milliseconds, ends a stretch: no CGM records more rarely. */
export const longestWait = 45 * minute;

/** Consecutive waits between readings that agree: the device kept one cadence through them. */
export interface Run {
  /** The first of the waits; a wait has the index of the reading before it. */
  readonly from: number;
  /** One past the last. */
  readonly to: number;
  /** Milliseconds from one reading of a sensor to its next. */
  readonly cadence: number;
  /** Sensors that recorded at the same time, and share it. */
  readonly sensors: number;
}

/** Fewer waits than this show no cadence. */
const fewest = 4;

/** Sums agree by chance sooner than waits do. */
const fewestSums = 12;

/** By how much a wait may differ from the run's mean: a clock may stray by two minutes in five, a missed reading doubles. */
const strayOfOne = 0.4;

/** Sums of several waits stray less, and a missed reading changes them by less. */
const strayOfSums = 0.15;

/**
 * The runs among waits, in milliseconds.
 *
 * Where single waits agree with nothing, sums of two or of three may: the series of as many sensors that nobody told apart.
 * Then each reading stands for its part of the sum.
 */
export const runsOf = (waits: Float64Array): ReadonlyArray<Run> => {
  let runs = agreeing(waits, 0, waits.length, 1).flatMap((run) => splitAtChange(waits, run));
  for (const together of [2, 3]) {
    const more = gapsBetween(runs, waits.length).flatMap(({ from, to }) => agreeing(waits, from, to, together));
    if (more.length > 0) runs = [...runs, ...more].sort((a, b) => a.from - b.from);
  }
  return runs;
};

/** Parts a run where its waits change to a mean that is another by more than 15 %: from 3 to 2 minutes, say. */
const splitAtChange = (waits: Float64Array, run: Run): ReadonlyArray<Run> => {
  let [sum, most, at, sumAtMost] = [0, 0, run.from, 0];
  for (let index = run.from; index < run.to; index++) {
    sum += waits[index] ?? 0;
    const astray = Math.abs(sum - (index + 1 - run.from) * run.cadence);
    if (astray > most) [most, at, sumAtMost] = [astray, index + 1, sum];
  }
  if (at - run.from < fewest || run.to - at < fewest) return [run];
  const before = { from: run.from, to: at, cadence: sumAtMost / (at - run.from), sensors: 1 };
  const after = { from: at, to: run.to, cadence: (sum - sumAtMost) / (run.to - at), sensors: 1 };
  const change = Math.abs(before.cadence - after.cadence) / Math.max(before.cadence, after.cadence);
  return change <= strayOfSums ? [run] : [...splitAtChange(waits, before), ...splitAtChange(waits, after)];
};

const gapsBetween = (runs: ReadonlyArray<Run>, length: number): ReadonlyArray<Pick<Run, "from" | "to">> => {
  const gaps: Array<Pick<Run, "from" | "to">> = [];
  let from = 0;
  for (const run of runs) {
    if (run.from > from) gaps.push({ from, to: run.from });
    from = run.to;
  }
  if (length > from) gaps.push({ from, to: length });
  return gaps;
};

const agreeing = (waits: Float64Array, first: number, end: number, together: number): ReadonlyArray<Run> => {
  const runs: Array<Run> = [];
  const stray = together === 1 ? strayOfOne : strayOfSums;
  const sumAt = (index: number): number => {
    let sum = 0;
    for (let each = index; each < index + together; each++) {
      const wait = each < end ? (waits[each] ?? Number.NaN) : Number.NaN;
      sum += wait > longestWait ? Number.NaN : wait;
    }
    return sum;
  };
  let [start, sum] = [first, 0];
  for (let index = first; index <= end; index++) {
    const wait = sumAt(index);
    const count = index - start;
    if (count > 0 && Math.abs(wait - sum / count) <= (stray * sum) / count) {
      sum += wait;
      continue;
    }
    if (count >= (together === 1 ? fewest : fewestSums)) {
      runs.push({ from: start, to: index + together - 1, cadence: sum / count, sensors: together });
      // The waits of the last sum belong to this run.
      if (together > 1) index += together - 1;
    }
    const next = together > 1 ? sumAt(index) : wait;
    [start, sum] = Number.isNaN(next) ? [index + 1, 0] : [index, next];
  }
  return runs;
};
