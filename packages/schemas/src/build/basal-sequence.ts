import type { BasalSegment, Piece } from "./basal-segment.ts";

/** A segment as the sequence is made of it; times in milliseconds since 1970. */
export interface TimedSegment {
  readonly segment: BasalSegment;
  /** What the pieces of the segment have in common. */
  readonly base: Omit<Piece, "from" | "to">;
  /** Infinity where it is open. */
  readonly end: number;
}

/** Whether the first basal goes on after the second, if it has time left. */
export type Resumes = (interrupted: BasalSegment, by: BasalSegment) => boolean;

/**
 * Who runs when: each segment from its start until it ends or another one begins, then whichever of those interrupted resumes.
 * The segments are sorted by their starts; of several that begin together the last holds.
 */
export const basalSequence = (
  segments: ReadonlyArray<TimedSegment>,
  until: number,
  resumes: Resumes
): ReadonlyArray<Piece> => {
  const pieces: Array<Piece> = [];
  /** The one that runs last, those that wait for its end before it. */
  let running: Array<TimedSegment> = [];
  let clock = Number.NEGATIVE_INFINITY;

  const add = ({ base }: TimedSegment, to: number) => {
    if (to <= clock) return;
    const last = pieces.at(-1);
    // An interruption of no length is none.
    if (last?.content === base.content && last.to === clock) pieces[pieces.length - 1] = { ...last, to };
    else pieces.push({ ...base, from: clock, to });
    clock = to;
  };
  const advance = (to: number) => {
    while (running.length > 0) {
      const top = running.at(-1)!;
      add(top, Math.min(top.end, to));
      if (top.end > to) break;
      running.pop();
    }
    clock = to;
  };

  for (const next of segments) {
    if (next.base.start >= until) break;
    advance(next.base.start);
    running = running.filter(({ segment, end }) => end > clock && resumes(segment, next.segment));
    running.push(next);
  }
  if (clock < until) advance(until);
  return pieces;
};
