import type { Span } from "./span.ts";

/** For each moment, how many devices recorded. */
export interface Overlap {
  /** The mean of 1 / (number of devices) from one moment to another. */
  shareOf(from: number, to: number): number;
}

/** Counts the devices at each moment, from the spans in which each recorded. */
export const overlapOf = (devices: ReadonlyArray<ReadonlyArray<Span>>): Overlap => {
  if (devices.length < 2) return { shareOf: () => 1 };
  const changes = devices
    .flatMap((spans) => spans.flatMap(({ from, to }) => [[from, 1] as const, [to, -1] as const]))
    .sort(([a], [b]) => a - b);
  const starts: Array<number> = [];
  const counts: Array<number> = [];
  let count = 0;
  for (const [time, change] of changes) {
    count += change;
    if (starts.at(-1) === time) counts[counts.length - 1] = count;
    else {
      starts.push(time);
      counts.push(count);
    }
  }
  // Spans are asked for in the order of time, more or less: the search goes on where it ended.
  let at = 0;
  return {
    shareOf: (from, to) => {
      while (at > 0 && (starts[at] ?? 0) > from) at--;
      while ((starts[at + 1] ?? Infinity) <= from) at++;
      if ((starts[at + 1] ?? Infinity) >= to) return 1 / Math.max(1, counts[at] ?? 1);
      let [share, begin] = [0, from];
      for (let index = at; begin < to; index++) {
        const end = Math.min(to, starts[index + 1] ?? Infinity);
        share += (end - begin) / Math.max(1, counts[index] ?? 1);
        begin = end;
      }
      return share / (to - from);
    }
  };
};
