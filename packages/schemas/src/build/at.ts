import { instantOf, isRfc3339 } from "../rule/instant.ts";
import { isZoneName } from "../shared/zone-names.ts";
import { InvalidInput } from "./invalid-input.ts";

/** The members that say when a datum was, for a datum to take over. */
export interface TimeMembers {
  /** UTC, RFC 3339, to the millisecond. */
  readonly time: string;
  readonly timezone: string;
  /** Minutes that `deviceTime` is ahead of UTC. */
  readonly timezoneOffset: number;
  /** What a clock in the zone showed: `time` and `timezoneOffset` together. */
  readonly deviceTime: string;
}

/**
 * The four time members of a datum, which agree with each other in summer and winter alike.
 *
 * `instant` is a `Date`, milliseconds since 1970, or RFC 3339 text with an offset; years 1 to 9999. `zone` is an IANA name in its exact
 * spelling. Throws `InvalidInput` for anything else. Offsets of the time before standard zones are rounded to a minute.
 */
export const at = (instant: Date | number | string, zone: string): TimeMembers => {
  const milliseconds = millisecondsOf(instant);
  const offset = zoneOffset(milliseconds, zone);
  return {
    time: new Date(milliseconds).toISOString(),
    timezone: zone,
    timezoneOffset: offset,
    deviceTime: new Date(milliseconds + offset * 60_000).toISOString().slice(0, 19)
  };
};

/** Year 1 and the end of 9999, with a day to spare for any offset. */
const earliest = -62_135_510_400_000;
const latest = 253_402_214_400_000;

const millisecondsOf = (instant: Date | number | string): number => {
  const milliseconds =
    typeof instant === "number" ? Math.trunc(instant) : instant instanceof Date ? instant.getTime() : fromText(instant);
  if (milliseconds >= earliest && milliseconds <= latest) return milliseconds;
  const message =
    "instant must be a Date, milliseconds since 1970, or a text with date, seconds and offset, in the years 1 to 9999.";
  throw new InvalidInput("at", [{ pointer: "/time", code: "value-not-parsable", message, value: instant }]);
};

const fromText = (text: string): number => {
  if (typeof text !== "string" || !isRfc3339(text)) return Number.NaN;
  const { seconds, nanos } = instantOf(text);
  return seconds * 1000 + Math.floor(nanos / 1e6);
};

const formats = new Map<string, Intl.DateTimeFormat>();

/** Minutes that clocks in the zone are ahead of UTC at this instant. */
const zoneOffset = (milliseconds: number, zone: string): number => {
  const [, sign, hours = "0", minutes = "0", seconds = "0"] =
    /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(formatOf(zone).format(milliseconds).replaceAll("\u2212", "-")) ??
    [];
  const ahead = Math.round(Number(hours) * 60 + Number(minutes) + Number(seconds) / 60);
  return sign === "-" ? -ahead + 0 : ahead;
};

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = isZoneName(zone) ? makeFormat(zone) : undefined;
  if (made === undefined) {
    const message = "zone must be the name of a time zone in its exact spelling, such as Europe/Berlin.";
    throw new InvalidInput("at", [{ pointer: "/timezone", code: "value-not-valid", message, value: zone }]);
  }
  formats.set(zone, made);
  return made;
};

const makeFormat = (timeZone: string): Intl.DateTimeFormat | undefined => {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  } catch {
    // `Factory`, or a zone that this engine's own data does not have: its offset cannot be known.
    return undefined;
  }
};
