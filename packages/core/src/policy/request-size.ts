import type { Sizing } from "../contract/policy.ts";

/** Grows slowly, by 64 kB at a time. */
export const defaultSizing: Sizing = { growAfter: 4, growBy: 65_536 };

/** What is known of how much a request may hold. All in bytes, but for the counts. */
export interface RequestSize {
  /** The caller's own limit. */
  readonly limit: number;
  /** Most that the next request may hold; a single larger datum goes alone. */
  readonly most: number;
  /** Largest request that was acknowledged, unless one no larger has failed since; 0 where there is none. */
  readonly proven: number;
  /** Smallest request that got no answer since one as large was acknowledged. */
  readonly silent: number;
  /** Smallest request that was refused as too large. */
  readonly refused: number;
  /** Requests of full size acknowledged in a row. */
  readonly inARow: number;
  /** As many have to be, before a larger one is tried. */
  readonly growAfter: number;
  /** Requests without an answer since the last acknowledged one. */
  readonly silences: number;
  /** What `most` was before the first of those. */
  readonly before: number;
}

/** As good as as large: datums differ by a few bytes, and so do requests with equally many. */
export const isAsLarge = (bytes: number, other: number): boolean => bytes >= other * (63 / 64);

export const startingSize = (limit: number, { growAfter }: Sizing): RequestSize => ({
  limit,
  most: limit,
  proven: 0,
  silent: Number.POSITIVE_INFINITY,
  refused: Number.POSITIVE_INFINITY,
  inARow: 0,
  growAfter,
  silences: 0,
  before: limit
});

const mostGrowAfter = 512;

/** A larger size: half-way to the smallest that failed where one is known, and never by more than the step. */
const grown = ({ limit, most, silent, refused }: RequestSize, growBy: number): number => {
  // The server said so itself: what is left between is not worth another refusal.
  if (refused - most <= most >> 2) return most;
  const failed = Math.min(silent, refused);
  const towards = failed === Number.POSITIVE_INFINITY ? most + growBy : Math.floor((most + failed) / 2);
  const next = Math.min(most + growBy, Math.max(towards, most + (most >> 2) + 1));
  return Math.min(next, limit, refused - 1);
};

/** A request of so many bytes was acknowledged. */
export const afterAcknowledged = (size: RequestSize, bytes: number, sizing: Sizing): RequestSize => {
  const isRecord = bytes > size.proven;
  // It was not the size, then, that one was lost for.
  const isRefuted = isAsLarge(bytes, size.silent);
  const known: RequestSize = {
    ...size,
    silences: 0,
    proven: Math.max(size.proven, bytes),
    silent: isRefuted ? Number.POSITIVE_INFINITY : size.silent,
    most: isRefuted ? Math.max(size.most, Math.min(size.before, size.refused - 1)) : size.most,
    refused: bytes >= size.refused ? Number.POSITIVE_INFINITY : size.refused
  };
  // What is much smaller than it might be says nothing about larger ones.
  if (known.most >= size.limit || bytes * 2 <= known.most) return known;
  const growAfter = isRecord ? Math.max(sizing.growAfter, size.growAfter >> 1) : size.growAfter;
  const inARow = size.inARow + 1;
  if (inARow < growAfter) return { ...known, inARow, growAfter };
  return { ...known, inARow: 0, growAfter, most: grown(known, sizing.growBy) };
};

/** What is known after a failure at that size: anything as large is no longer known to get through. */
const doubted = (size: RequestSize, bytes: number): RequestSize => {
  const isProbe = size.proven > 0 && size.proven < bytes;
  return {
    ...size,
    proven: size.proven < bytes ? size.proven : 0,
    inARow: 0,
    growAfter: isProbe ? Math.min(size.growAfter * 2, mostGrowAfter) : size.growAfter
  };
};

/**
 * A request of so many bytes got no answer. The next has half, a quarter after a second one in a row, and so on; or the most
 * that got through, where that is more. `isProven`: one as large was acknowledged meanwhile, so that it was not the size.
 */
export const afterSilence = (size: RequestSize, bytes: number, isProven: boolean): RequestSize => {
  const silences = size.silences + 1;
  if (isProven) return { ...size, silences };
  const known = { ...doubted(size, bytes), silences, silent: Math.min(size.silent, bytes) };
  // Several that were in flight together are one piece of news.
  if (bytes > size.most) return known;
  const before = silences === 1 ? size.most : size.before;
  return { ...known, before, most: Math.max(Math.floor(bytes / 2 ** Math.min(silences, 20)), known.proven, 1) };
};

/** A request of so many bytes was refused as too large. The next has half, or the most that got through. */
export const afterRefusal = (size: RequestSize, bytes: number): RequestSize => {
  const known = { ...doubted(size, bytes), silences: 0, refused: Math.min(size.refused, bytes) };
  return { ...known, most: Math.max(Math.min(size.most, Math.max(bytes >> 1, known.proven)), 1) };
};
