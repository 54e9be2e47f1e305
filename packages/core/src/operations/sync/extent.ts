import type { SyncOptions, SyncPass, SyncProgress } from "../../contract/sync.ts";

const day = 86_400_000;

/** How much of a source a pass reads. */
export interface Extent {
  readonly name: Exclude<Extract<SyncPass, { readonly outcome: "done" }>["extent"], "nothing">;
  /** Milliseconds since 1970; undefined: all of it. */
  readonly from: number | undefined;
}

/**
 * How much to read: all of it where nothing is known; else from some days before the last pass on, and once a day from some weeks before.
 */
export const extentOf = (
  known: SyncProgress | undefined,
  now: number,
  { since, overlap = 3 * day, deepOverlap = 30 * day, deepEvery = day }: SyncOptions
): Extent => {
  if (known === undefined) return { name: "all", from: since };
  const isDeep = now - known.deepAt >= deepEvery || known.deepAt > now;
  // A clock that was set back must not leave a gap.
  const from = Math.min(known.readTo, now) - (isDeep ? Math.max(deepOverlap, overlap) : overlap);
  return { name: isDeep ? "deep" : "recent", from: Math.max(from, since ?? 0) };
};
