import type { Reading } from "@tideway/metrics";

export const minute = 60_000;
export const day = 24 * 60 * minute;
export const start = Date.parse("2026-03-01T00:00:00Z");

/** A glucose reading so many milliseconds after the start of March 2026. */
export const readingAt = (after: number, value: number, more: Partial<Reading> = {}): Reading => ({
  type: "cbg",
  time: new Date(start + after).toISOString(),
  value,
  units: "mg/dL",
  ...more
});

/** Readings at a steady cadence, from one moment after the start to another. */
export const series = (
  every: number,
  [from, to]: readonly [from: number, to: number],
  value: number | ((index: number) => number),
  more: Partial<Reading> = {}
): ReadonlyArray<Reading> =>
  Array.from({ length: Math.ceil((to - from) / every) }, (_, index) =>
    readingAt(from + index * every, typeof value === "number" ? value : value(index), more)
  );

/** Numbers from 0 to 1 that look random and are the same each time. */
export const randomNumbers = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

/** The same in another order. */
export const shuffled = <A>(all: ReadonlyArray<A>, random: () => number): ReadonlyArray<A> =>
  all
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);

/** Moves readings by up to so many milliseconds, earlier or later. */
export const jittered = (readings: ReadonlyArray<Reading>, most: number, random: () => number) =>
  readings.map((reading) => ({
    ...reading,
    time: new Date(Date.parse(reading.time) + Math.round((2 * random() - 1) * most)).toISOString()
  }));
