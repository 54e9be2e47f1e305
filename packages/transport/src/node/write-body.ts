import type { ClientRequest } from "node:http";

/** Small enough to see a slow line move, large enough to cost a fast one nothing. */
const piece = 65_536;

/** How far the writing of a body has come. */
export interface Writing {
  /** Whether all of it has been handed to the system. */
  isWhole: boolean;
}

/**
 * Writes a body piece by piece, each when the one before is out. Between two the event loop has a turn: an answer that came
 * meanwhile is read before the next write can fail because of a server that has answered and closed. `isAnswered` tells whether
 * one came: then nothing more is written. `onMoved` hears of each piece that is out.
 */
export const writeBody = (
  sending: ClientRequest,
  body: Uint8Array,
  isAnswered: () => boolean,
  onMoved: () => void
): Writing => {
  const writing: Writing = { isWhole: false };
  let from = 0;
  const next = () => {
    if (isAnswered() || sending.destroyed) return;
    const to = Math.min(from + piece, body.length);
    const part = body.subarray(from, to);
    from = to;
    const isLast = to === body.length;
    const written = (error?: Error | null) => {
      if (error) return;
      onMoved();
      if (isLast) writing.isWhole = true;
      else setImmediate(next);
    };
    if (isLast) sending.end(part, () => written());
    else sending.write(part, written);
  };
  next();
  return writing;
};
