import type { DatumOf } from "../datum.ts";
import { instantOf, isRfc3339 } from "../rule/instant.ts";
import { week } from "../shared/durations.ts";
import { InvalidInput } from "./invalid-input.ts";

export type Basal = DatumOf<"basal/automated" | "basal/scheduled" | "basal/suspend" | "basal/temp">;
type WithoutTimes<B> = B extends Basal ? Omit<B, "time" | "duration" | "expectedDuration"> : never;
/** A basal without its times. */
export type BasalContent = WithoutTimes<Basal>;
/** A basal that may be open at its end: then it lasts until the next begins. */
export type BasalSegment = BasalContent & {
  readonly time: string;
  /** Milliseconds. Default: until the next begins. */
  readonly duration?: number | undefined;
  readonly expectedDuration?: number | undefined;
};

export interface BasalTimelineOptions {
  /** Where the timeline ends, RFC 3339: whatever goes on is cut off there. No basal may be left open. */
  readonly until: string;
  /** What ran where no segment says. Default: nothing, gaps stay gaps. */
  readonly fill?: (gap: { readonly from: string; readonly to: string }) => BasalContent | undefined;
  /** Whether basals of the same content that follow each other become one. Default: true. */
  readonly join?: boolean;
}

interface Piece {
  readonly content: BasalContent;
  readonly from: number;
  readonly to: number;
  readonly expected: number | undefined;
}

/**
 * Basals that follow each other: sorted, none reaching into the next, none open, none longer than a week.
 *
 * One that is cut short keeps its length as `expectedDuration`. Of several that begin together the last holds. Throws `InvalidInput` for times that
 * are none and durations that are negative.
 */
export function basalTimeline(
  segments: ReadonlyArray<BasalSegment>,
  options: BasalTimelineOptions
): ReadonlyArray<Basal> {
  const { until, fill, join = true } = options;
  const end = milliseconds(until, "/until");
  const clipped = clip(segments, end);
  const filled = fill === undefined ? clipped : fillGaps(clipped, fill, end);
  const joined = join ? joinEqual(filled) : filled;
  return joined.flatMap(split).map(toBasal);
}

function clip(segments: ReadonlyArray<BasalSegment>, end: number): ReadonlyArray<Piece> {
  const sorted = segments
    .map(({ time, duration, expectedDuration, ...content }, index) => {
      if (duration !== undefined && !(duration >= 0)) {
        const message = "duration must be 0 or more milliseconds.";
        const pointer = `/${index}/duration`;
        throw new InvalidInput("basalTimeline", [{ pointer, code: "value-out-of-range", message, value: duration }]);
      }
      const from = milliseconds(time, `/${index}/time`);
      return { content: content as BasalContent, from, duration, expected: expectedDuration };
    })
    .sort((a, b) => a.from - b.from);
  return sorted.flatMap(({ content, from, duration, expected }, index) => {
    const limit = Math.min(sorted[index + 1]?.from ?? end, end);
    const to = duration === undefined ? limit : Math.min(from + duration, limit);
    if (to <= from) return [];
    const cut = duration !== undefined && from + duration > to ? duration : undefined;
    return [{ content, from, to, expected: expected ?? cut }];
  });
}

function fillGaps(
  pieces: ReadonlyArray<Piece>,
  fill: NonNullable<BasalTimelineOptions["fill"]>,
  end: number
): ReadonlyArray<Piece> {
  return pieces.flatMap((piece, index) => {
    const next = pieces[index + 1]?.from ?? end;
    if (next <= piece.to) return [piece];
    const content = fill({ from: text(piece.to), to: text(next) });
    return content === undefined ? [piece] : [piece, { content, from: piece.to, to: next, expected: undefined }];
  });
}

function joinEqual(pieces: ReadonlyArray<Piece>): ReadonlyArray<Piece> {
  const joined: Array<Piece> = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    const whole = last?.expected === undefined && piece.expected === undefined;
    if (last !== undefined && whole && last.to === piece.from && same(last.content, piece.content)) {
      joined[joined.length - 1] = { ...last, to: piece.to };
    } else joined.push(piece);
  }
  return joined;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(sortedKeys(a)) === JSON.stringify(sortedKeys(b));

function sortedKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, sortedKeys(member)]));
}

/** The platform takes no basal that is longer than a week. */
function split(piece: Piece): ReadonlyArray<Piece> {
  const pieces: Array<Piece> = [];
  for (let { from } = piece; from < piece.to; from += week) {
    const to = Math.min(from + week, piece.to);
    pieces.push({
      ...piece,
      from,
      to,
      expected: piece.expected === undefined ? undefined : Math.min(piece.expected, week)
    });
  }
  return pieces;
}

const toBasal = ({ content, from, to, expected }: Piece): Basal =>
  ({
    ...content,
    time: text(from),
    duration: to - from,
    ...(expected === undefined ? {} : { expectedDuration: Math.max(expected, to - from) })
  }) as Basal;

const text = (at: number): string => new Date(at).toISOString();

function milliseconds(time: string, pointer: string): number {
  if (typeof time === "string" && isRfc3339(time)) {
    const { seconds, nanos } = instantOf(time);
    return seconds * 1000 + Math.floor(nanos / 1e6);
  }
  const message = "time must be a text with date, seconds and offset, such as 2026-05-14T08:17:08Z.";
  throw new InvalidInput("basalTimeline", [{ pointer, code: "value-not-parsable", message, value: time }]);
}
