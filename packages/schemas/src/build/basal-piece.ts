import { instantOf, isLocalTime, isRfc3339 } from "../rule/instant.ts";
import { week } from "../shared/durations.ts";
import { longestInOrigin } from "../shared/origin.ts";
import type { Basal, BasalContent, Piece } from "./basal-segment.ts";
import { hashOf } from "./hash-of.ts";

const textOf = (instant: number): string => new Date(instant).toISOString();

/** What a clock showed, as if it were UTC, in milliseconds; undefined where the text is none. */
const clockOf = (deviceTime: unknown): number | undefined => {
  if (typeof deviceTime !== "string" || !isLocalTime(deviceTime)) return undefined;
  const { seconds, nanos } = instantOf(`${deviceTime}Z`);
  return seconds * 1000 + Math.floor(nanos / 1e6);
};
const clockText = (clock: number): string => textOf(clock).replace(/(?:\.000)?Z$/, "");

const isZoneOffset = (ahead: number): boolean => {
  const quarter = 900_000;
  return (
    ahead >= -12 * 3_600_000 &&
    ahead <= 14 * 3_600_000 &&
    Math.abs(ahead - Math.round(ahead / quarter) * quarter) < 1000
  );
};

/** By how much the device's clock was ahead of UTC, in milliseconds; undefined where that cannot be told. */
export const aheadOf = ({ content, start, isNamed }: Omit<Piece, "from" | "to">): number | undefined => {
  const clock = clockOf(content.deviceTime);
  if (clock === undefined) return undefined;
  const ahead = clock - start;
  if (isNamed) return ahead;
  // A fill may be the same for every gap, with a clock that belongs to one of them: its offset is what holds for all.
  if (typeof content.timezoneOffset === "number") return content.timezoneOffset * 60_000;
  return isZoneOffset(ahead) ? ahead : undefined;
};

/** The id of a piece that begins later than the basal it is of: the same for every run, however long the timeline. */
const pieceId = (id: string, from: number): string => {
  const suffix = `@${textOf(from)}`;
  const room = longestInOrigin - suffix.length;
  const characters = [...id];
  if (characters.length <= room) return id + suffix;
  const hash = `~${hashOf(id)}`;
  return characters.slice(0, room - hash.length).join("") + hash + suffix;
};

const originTime = (time: unknown, shift: number): string | undefined => {
  if (typeof time !== "string" || !isRfc3339(time)) return undefined;
  const { seconds, nanos } = instantOf(time);
  return textOf(seconds * 1000 + Math.floor(nanos / 1e6) + shift);
};

const laterOrigin = ({ content, start, from }: Piece): BasalContent["origin"] => {
  const { id, time, ...rest } = content.origin ?? {};
  const shifted = originTime(time, from - start);
  return {
    ...rest,
    ...(typeof id === "string" ? { id: pieceId(id, from) } : {}),
    ...(shifted === undefined ? {} : { time: shifted })
  };
};

/** The content with ids and times of this piece's own; the platform makes an `id` where there is none. */
const laterContent = (piece: Piece): BasalContent => {
  const { id: _id, deviceTime: _deviceTime, origin, ...rest } = piece.content;
  const ahead = aheadOf(piece);
  return {
    ...rest,
    ...(ahead === undefined ? {} : { deviceTime: clockText(piece.from + ahead) }),
    ...(typeof origin === "object" && origin !== null ? { origin: laterOrigin(piece) } : {})
  } as BasalContent;
};

/** How long the piece was meant to last; undefined where it lasted that long, or nobody said. */
export const expectedOf = ({ start, from, to, meantEnd, isExpectationGiven }: Piece): number | undefined => {
  if (meantEnd === undefined) return undefined;
  const duration = to - from;
  // A piece that is cut off after a week was meant to last that week.
  const expected = Math.max(Math.min(meantEnd - from, Math.max(week, duration)), duration);
  return expected > duration || (isExpectationGiven && from === start) ? expected : undefined;
};

/**
 * The datums of pieces none of which is longer than a week. The first piece of a basal keeps its `id`, `origin.id` and
 * `deviceTime`; every other one has its own.
 */
export const basalsOf = (pieces: ReadonlyArray<Piece>): ReadonlyArray<Basal> => {
  const taken = new Set<unknown>();
  return pieces.map((piece) => {
    const { content, start, isNamed, from, to } = piece;
    const names = [content.id, content.origin?.id].filter((name) => name !== undefined && name !== null);
    const isFirst = isNamed && from === start && !names.some((name) => taken.has(name));
    if (isFirst) for (const name of names) taken.add(name);
    const expectedDuration = expectedOf(piece);
    return {
      ...(isFirst ? content : laterContent(piece)),
      time: textOf(from),
      duration: to - from,
      ...(expectedDuration === undefined ? {} : { expectedDuration })
    } as Basal;
  });
};
