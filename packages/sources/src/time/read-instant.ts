import { instantOf, isRfc3339 } from "@tideway/schemas";

/** A moment that a text says by itself, and the clock that it was said by. */
export interface StatedInstant {
  /** Milliseconds since 1970. */
  readonly instant: number;
  /** Minutes ahead of UTC; `undefined` for UTC itself, which says nothing about the clock. */
  readonly offset: number | undefined;
}

/** `2026-07-01T14:30:05+02:00`, `2026-07-01 12:30:05Z`: a moment with its offset, or `undefined`. */
export const readInstant = (text: string): StatedInstant | undefined => {
  const rfc3339 = text
    .trim()
    .replace(/^(\d{4}-\d\d-\d\d) /u, "$1T")
    .replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d)(?=[Z+-])/u, "$1:00")
    .replace(/\s?([+-]\d\d)(\d\d)$/u, "$1:$2");
  if (!isRfc3339(rfc3339)) return undefined;
  const { seconds, nanos } = instantOf(rfc3339);
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/u.exec(rfc3339) ?? [];
  const offset = hours === undefined ? undefined : (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  return { instant: seconds * 1000 + Math.floor(nanos / 1e6), offset };
};
