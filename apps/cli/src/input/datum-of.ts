import type { Entry } from "@tideway/core";

/** The datum of an entry, whatever form it has; undefined where its text is no JSON, or there is none. */
export const datumOf = (entry: Entry): unknown => {
  if ("problem" in entry) return undefined;
  if ("datum" in entry) return entry.datum;
  try {
    return JSON.parse(entry.text) as unknown;
  } catch {
    return undefined;
  }
};
