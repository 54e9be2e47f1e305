import type { Datum } from "@tideway/core";

/** A reading of an app: one origin id for each number, in any version. */
export const reading = (index: number, value = 5.5): Datum => ({
  type: "cbg",
  time: new Date(Date.UTC(2026, 0, 1) + index * 300_000).toISOString(),
  units: "mmol/L",
  value,
  origin: { id: `reading-${index}` }
});

/** So many, from a number on. */
export const readings = (count: number, from = 0): ReadonlyArray<Datum> =>
  Array.from({ length: count }, (_, index) => reading(from + index));
