import type { Entry } from "@tideway/core";
import { readTidepool } from "@tideway/sources";
import type { Reading } from "./input-file.ts";

/** What was noticed while an input was read. */
export interface Noted {
  /** Bytes read. */
  readonly taken: number;
  /** Records whose link to another one could not be kept. */
  readonly linksLost: number;
}

/** The datums of a reading. */
export const openReading = ({
  bytes,
  taken
}: Reading): { readonly pages: AsyncIterable<ReadonlyArray<Entry>>; readonly noted: () => Noted } => {
  const { pages, notes } = readTidepool(bytes);
  return { pages, noted: () => ({ taken: taken(), linksLost: notes.linksLost }) };
};
