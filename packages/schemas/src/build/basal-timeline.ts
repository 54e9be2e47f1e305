import { instantOf, isRfc3339 } from "../rule/instant.ts";
import { week } from "../shared/durations.ts";
import { aheadOf, basalsOf, expectedOf } from "./basal-piece.ts";
import type { Basal, BasalContent, BasalSegment, Piece } from "./basal-segment.ts";
import { basalSequence, type Resumes, type TimedSegment } from "./basal-sequence.ts";
import { InvalidInput } from "./invalid-input.ts";

export type { Basal, BasalContent, BasalSegment } from "./basal-segment.ts";

export interface BasalTimelineOptions {
  /** Where the timeline ends, RFC 3339: whatever goes on is cut off there. No basal may be left open. */
  readonly until: string;
  /** What ran where no segment says. Default: nothing, gaps stay gaps. Its `id` is not used, its `origin.id` gets the time of the gap added. */
  readonly fill?: (gap: { readonly from: string; readonly to: string }) => BasalContent | undefined;
  /** Whether basals of the same content that follow each other become one. Default: true. */
  readonly join?: boolean;
  /**
   * Whether a basal that another one interrupts goes on after that one, if it has time left then. `true`: it does where the other
   * suppresses it, as the platform has it: a suspension any other, a temporary basal an automated or a scheduled one, an automated
   * the scheduled one. A function decides for each pair. Default: false, a basal ends where the next begins.
   */
  readonly resume?: boolean | ((interrupted: BasalSegment, by: BasalSegment) => boolean);
}

/**
 * Basals that follow each other: sorted, none reaching into the next, none open, none longer than a week.
 *
 * One that ends sooner than it was meant to has `expectedDuration`, counted from its own start. Of several that begin together the last
 * holds. Where a basal becomes several datums, the one that begins where it does keeps its `id` and `origin.id`; each later one
 * has no `id`, and an `origin.id` made of the given one and the time when it begins, which is the same whenever the timeline is made anew.
 * `deviceTime` and `origin.time` move along. Throws `InvalidInput` for times that are none and durations that are negative.
 */
export const basalTimeline = (
  segments: ReadonlyArray<BasalSegment>,
  options: BasalTimelineOptions
): ReadonlyArray<Basal> => {
  const { until, fill, join = true, resume = false } = options;
  const end = milliseconds(until, "/until");
  const timed = segments.map(timedSegment).sort((a, b) => a.base.start - b.base.start);
  const sequence = basalSequence(timed, end, resumption(resume));
  const filled = fill === undefined ? sequence : fillGaps(sequence, fill, end);
  const joined = join ? joinEqual(filled) : filled;
  return basalsOf(joined.flatMap(split));
};

const timedSegment = (segment: BasalSegment, index: number): TimedSegment => {
  const { time, duration, expectedDuration, ...content } = segment;
  for (const [name, value] of Object.entries({ duration, expectedDuration })) {
    if (value === undefined || value === null || value >= 0) continue;
    const message = `${name} must be 0 or more milliseconds.`;
    throw new InvalidInput("basalTimeline", [
      { pointer: `/${index}/${name}`, code: "value-out-of-range", message, value }
    ]);
  }
  const start = milliseconds(time, `/${index}/time`);
  const meant = expectedDuration ?? duration;
  return {
    segment,
    base: {
      content: content as BasalContent,
      start,
      isNamed: true,
      meantEnd: meant === undefined ? undefined : start + meant,
      isExpectationGiven: expectedDuration !== undefined
    },
    end: duration === undefined ? Number.POSITIVE_INFINITY : start + duration
  };
};

/** Each may be suppressed by those after it. */
const layers: ReadonlyArray<string> = ["scheduled", "automated", "temp", "suspend"];
const layerOf = ({ deliveryType }: BasalSegment): number => layers.indexOf(deliveryType);

const resumption = (resume: NonNullable<BasalTimelineOptions["resume"]>): Resumes => {
  if (typeof resume === "function") return resume;
  return (interrupted, by) => resume && layerOf(by) > layerOf(interrupted);
};

const fillGaps = (
  pieces: ReadonlyArray<Piece>,
  fill: NonNullable<BasalTimelineOptions["fill"]>,
  end: number
): ReadonlyArray<Piece> =>
  pieces.flatMap((piece, index) => {
    const from = piece.to;
    const to = pieces[index + 1]?.from ?? end;
    if (to <= from) return [piece];
    const content = fill({ from: text(from), to: text(to) });
    if (content === undefined) return [piece];
    const filling = { content, start: from, isNamed: false, from, to, meantEnd: undefined, isExpectationGiven: false };
    return [piece, filling];
  });

const joinEqual = (pieces: ReadonlyArray<Piece>): ReadonlyArray<Piece> => {
  const joined: Array<Piece> = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    const isWhole = last && expectedOf(last) === undefined && expectedOf(piece) === undefined;
    if (isWhole && last.to === piece.from && comparable(last) === comparable(piece)) {
      joined[joined.length - 1] = { ...last, to: piece.to, meantEnd: undefined, isExpectationGiven: false };
    } else joined.push(piece);
  }
  return joined;
};

/** The content as a text that is equal where one basal goes on with the other: clocks move on. */
const comparable = (piece: Piece): string => {
  const ahead = aheadOf(piece);
  const { deviceTime, ...content } = piece.content;
  return JSON.stringify(sortedKeys({ ...content, deviceTime: ahead ?? deviceTime }));
};

const sortedKeys = (value: unknown): unknown => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, sortedKeys(member)]));
};

/** The platform takes no basal that is longer than a week. */
const split = (piece: Piece): ReadonlyArray<Piece> => {
  const pieces: Array<Piece> = [];
  for (let { from } = piece; from < piece.to; from += week) {
    pieces.push({ ...piece, from, to: Math.min(from + week, piece.to) });
  }
  return pieces;
};

const text = (at: number): string => new Date(at).toISOString();

const milliseconds = (time: string, pointer: string): number => {
  if (typeof time === "string" && isRfc3339(time)) {
    const { seconds, nanos } = instantOf(time);
    return seconds * 1000 + Math.floor(nanos / 1e6);
  }
  const message = "time must be a text with date, seconds and offset, such as 2026-05-14T08:17:08Z.";
  throw new InvalidInput("basalTimeline", [{ pointer, code: "value-not-parsable", message, value: time }]);
};
