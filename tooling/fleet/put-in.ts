import type { Datum } from "@tideway/core";

const batchSize = 12;

/** So many batches go in for each user. */
export const batches = 3;

/**
 * One batch of a user: readings of its own, and a newer version of the first reading of all, so that batches that arrive in the wrong order
 * are seen.
 */
export const batchOf = (user: number, batch: number): ReadonlyArray<Datum> =>
  Array.from({ length: batchSize }, (_, index): Datum => {
    const place = index === 0 ? 0 : batch * batchSize + index;
    return {
      type: "cbg",
      time: new Date(Date.UTC(2026, 0, 1) + place * 300_000).toISOString(),
      units: "mg/dL",
      value: index === 0 ? 100 + batch : 60 + ((user + place) % 200),
      origin: { id: `reading-${place}` }
    };
  });

/** What a user's session has to hold after all batches: origin id and value, in mg/dL. */
export const putIn = (user: number): ReadonlyMap<string, number> =>
  new Map(
    Array.from({ length: batches }, (_, batch) => batchOf(user, batch))
      .flat()
      .map((datum) => [datum.origin!.id!, (datum as { readonly value: number }).value])
  );
