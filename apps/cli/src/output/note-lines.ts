import type { Noted } from "../input/open-reading.ts";
import { number } from "./in-words.ts";

/** So many kinds of records without a datum are named. */
const shown = 8;

/** What was noticed while files were read, for people. */
export const noteLines = ({ assumed, warnings, notMapped }: Noted): ReadonlyArray<string> => {
  const unmapped = Object.entries(notMapped).sort(([, a], [, b]) => b - a);
  const named = unmapped.slice(0, shown).map(([what, count]) => `${number(count)} × ${what}`);
  const more = unmapped.length > shown ? [`${unmapped.length - shown} more`] : [];
  return [
    ...warnings.map(({ message }) => `  Warning: ${message}`),
    ...assumed.map(({ message }) => `  Assumed: ${message}`),
    ...(named.length > 0 ? [`  Tidepool has no place for: ${[...named, ...more].join(", ")}.`] : [])
  ];
};

/** The same for programs. */
export const notesOf = ({ taken: _taken, parts, ...notes }: Noted) => ({
  ...notes,
  formats: parts.map(({ format, files }) => ({ format, files }))
});
