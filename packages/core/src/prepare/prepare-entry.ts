import type { Entry } from "../contract/entry.ts";
import { prepare } from "./prepare.ts";
import type { PrepareOptions, Prepared } from "./prepared.ts";
import { textEntryOf } from "./text-entry.ts";

/** An entry of a source as an item, or why it is none: the source may have said that itself. */
export const prepareEntry = (entry: Entry, index: number, fingerprint: string, options: PrepareOptions): Prepared =>
  "problem" in entry
    ? { refusal: { by: "source", ...entry.problem } }
    : prepare(textEntryOf(entry), index, fingerprint, options);
