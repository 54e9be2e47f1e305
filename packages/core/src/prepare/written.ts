import type { Entry } from "../contract/entry.ts";
import type { Ahead } from "./ahead.ts";

/** An entry whose JSON text is to be had. */
export type Written = Extract<Entry, { readonly text: string }> & {
  /** What another thread made of it. */
  readonly ahead?: Ahead;
};

/** The entry with its JSON text; undefined where there is none to be had. */
export const writtenOf = (entry: Entry): Written | undefined => {
  if ("text" in entry) return entry;
  if (!("datum" in entry)) return undefined;
  try {
    const text = JSON.stringify(entry.datum) as string | undefined;
    return text === undefined ? undefined : { ...entry, text, parse: () => entry.datum };
  } catch {
    return undefined;
  }
};
