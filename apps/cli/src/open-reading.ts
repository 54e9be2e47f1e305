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

/** The datums of a reading; `encoding` counts where no byte order mark says which it is. */
export const openReading = (
  { bytes, taken }: Reading,
  encoding: string | undefined
): { readonly pages: AsyncIterable<ReadonlyArray<Entry>>; readonly noted: () => Noted } => {
  const { pages, notes } = readTidepool(bytes, { encoding });
  return { pages, noted: () => ({ taken: taken(), linksLost: notes.linksLost }) };
};
