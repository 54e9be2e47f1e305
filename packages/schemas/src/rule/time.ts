import type * as z from "zod/mini";
import { annotate } from "./annotate.ts";
import {
  compareInstants,
  instantOf,
  isLocalTime,
  isoOf,
  isRfc3339,
  isZero,
  localTimePattern,
  rfc3339Pattern
} from "./instant.ts";
import type { Fault, Members, Part, Zod } from "./rule.ts";
import { scalar } from "./scalar.ts";
import { emptyText, pattern, unreadableText } from "./text.ts";

const notTime: Fault = { code: "type-not-time", text: "must be a text that holds a time" };
const notParsable: Fault = {
  code: "value-not-parsable",
  text: "must be a time with date, seconds and offset, such as 2026-05-14T08:17:08Z or 2026-05-14T10:17:08+02:00"
};
const zero: Fault = { code: "value-empty", text: "must not be the first instant of year 1, which stands for no time" };
const localText = "must be a local time without offset, such as 2026-05-14T10:17:08";

export interface TimeOptions {
  /** Whether the first instant of year 1, which the platform takes for no time, is accepted: it is not stored then. Default: true. */
  readonly zero?: boolean;
  /** A further rule about the time and its neighbours. */
  readonly refused?: (value: string, parent: Members) => Fault | undefined;
}

/** Not JSON Schema's `date-time`: the platform takes more than that. */
const rfc3339 = (z: Zod) =>
  annotate(z, { description: "It is RFC 3339: with seconds and offset.", pattern: rfc3339Pattern.source });

/** Only around the zero instant does a text have to be reckoned out. */
const maybeZero = (value: string): boolean => value.startsWith("0001-01-0") || value.startsWith("0000-12-3");
const isZeroText = (value: string): boolean => maybeZero(value) && isZero(instantOf(value));

/**
 * RFC 3339 text with any offset; stored in UTC to the millisecond.
 *
 * The zero time, where it is accepted, is judged like any other but not stored: the platform's database leaves out members that are
 * zero.
 */
export const time = (options: TimeOptions = {}): Part<z.ZodMiniString<string>> => {
  const { zero: zeroAllowed = true, refused } = options;
  const zod = (z: Zod) => z.string().check(z.refine(isRfc3339), rfc3339(z));
  return scalar(zod, {
    unreadable: (value) => (typeof value !== "string" ? notTime : isRfc3339(value) ? undefined : notParsable),
    refused: (value, parent) => {
      if (!zeroAllowed && isZeroText(value)) return zero;
      return refused?.(value, parent);
    },
    store: (value) => (isZeroText(value) ? undefined : isoOf(instantOf(value)))
  });
};

/** The rule of a time that must not lie before the one in another member, where there is one. */
export const notBefore = (member: string): ((value: string, parent: Members) => Fault | undefined) => {
  const fault: Fault = { code: "value-not-after", text: `must not be before ${member}` };
  return (value, parent) => {
    const other = parent[member];
    if (typeof other !== "string" || !isRfc3339(other)) return undefined;
    return compareInstants(instantOf(value), instantOf(other)) < 0 ? fault : undefined;
  };
};

/** RFC 3339 text that stays as it came (`origin.time`). That it is none is found when it is judged, not when it is read. */
export const timeText = (): Part<z.ZodMiniString<string>> => {
  const notValid: Fault = { ...notParsable, code: "value-not-valid" };
  const refused = (value: string): Fault | undefined => {
    if (!isRfc3339(value)) return notValid;
    return isZeroText(value) ? zero : undefined;
  };
  const zod = (z: Zod) => z.string().check(z.refine(isRfc3339), rfc3339(z));
  return scalar(zod, { unreadable: unreadableText, refused });
};

/** Local time without an offset; stays as it came. */
export const localTime = (): Part<z.ZodMiniString<string>> =>
  pattern({ matches: isLocalTime, text: localText, regex: localTimePattern }, { empty: false });

/** Local time that the platform reads as if it were UTC (`timeChange` from and to), and stores so. */
export const localTimeAsUtc = (): Part<z.ZodMiniString<string>> => {
  const zod = (z: Zod) =>
    z
      .string()
      .check(z.refine(isLocalTime), annotate(z, { description: `It ${localText}.`, pattern: localTimePattern.source }));
  return scalar(zod, {
    unreadable: (value) =>
      typeof value !== "string"
        ? notTime
        : isLocalTime(value)
          ? undefined
          : { code: "value-not-parsable", text: localText },
    refused: (value) => (isZeroText(`${value}Z`) ? emptyText : undefined),
    store: (value) => isoOf(instantOf(`${value}Z`))
  });
};
