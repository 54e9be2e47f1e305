import type { Fields } from "./document.ts";

const written = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d{1,9}))?\s*(Z|[+-]\d\d:?\d\d)$/iu;

/** 1973, and the year 9998: below, a number is no milliseconds, and above, no date that can be written. */
const [earliest, latest] = [1e11, 253_370_764_800_000];
const earliestWritten = Date.UTC(1900, 0, 1);
/** Loop and Trio write fractions of milliseconds, and beside them the same rounded. */
const plausible = (instant: number): number | undefined =>
  instant >= earliest && instant <= latest ? Math.round(instant) : undefined;

const fromText = (text: string): number | undefined => {
  const match = written.exec(text.trim());
  if (!match) return undefined;
  const [, date, time = "", fraction = "", zone = ""] = match;
  const offset = zone.toUpperCase() === "Z" ? "Z" : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const instant = Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time}${offset}`);
  const exact = instant + Number(fraction.padEnd(3, "0").slice(0, 3));
  return exact >= earliestWritten && exact <= latest ? exact : undefined;
};

/**
 * The moment that a value names, in milliseconds since 1970: a number of them, or a text with an offset. `undefined` for
 * all else; a text without an offset would have to be guessed at.
 */
export const instantIn = (value: unknown): number | undefined => {
  if (typeof value === "number") return plausible(value);
  if (typeof value !== "string") return undefined;
  return /^\d{12,15}(?:\.\d+)?$/u.test(value.trim()) ? plausible(Number(value)) : fromText(value);
};

const first = (fields: Fields, names: ReadonlyArray<string>): number | undefined => {
  for (const name of names) {
    const instant = instantIn(fields[name]);
    if (instant !== undefined) return instant;
  }
  return undefined;
};

/** When a reading was. */
export const entryInstant = (fields: Fields): number | undefined =>
  first(fields, ["date", "mills", "sysTime", "dateString"]);

/** When a treatment was: apps write it under five names, and of those that several have, the first here is right. */
export const treatmentInstant = (fields: Fields): number | undefined =>
  first(fields, ["mills", "created_at", "eventTime", "timestamp", "date"]);

/** The moment that MongoDB made the id of a document, in milliseconds since 1970; `undefined` for ids of apps' own making. */
export const insertedAt = (fields: Fields): number | undefined => {
  const { _id: id } = fields;
  const made = typeof id === "string" && /^[0-9a-f]{24}$/iu.test(id) ? Number.parseInt(id.slice(0, 8), 16) : undefined;
  return made === undefined ? instantIn(fields["srvCreated"]) : made * 1000;
};
