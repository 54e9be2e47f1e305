import type { Entry } from "../contract/entry.ts";
import type { Precomputed } from "./precomputed.ts";

/** An entry whose JSON text is to be had. */
export type TextEntry = Extract<Entry, { readonly text: string }> & {
  /** What another thread made of it. */
  readonly precomputed?: Precomputed;
};

/** The entry with its JSON text; undefined where there is none to be had. */
export const textEntryOf = (entry: Entry): TextEntry | undefined => {
  if ("text" in entry) return entry;
  if (!("datum" in entry)) return undefined;
  try {
    const text = JSON.stringify(entry.datum) as string | undefined;
    return text === undefined ? undefined : { ...entry, text, parse: () => entry.datum };
  } catch {
    return undefined;
  }
};
