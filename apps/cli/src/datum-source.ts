import { availableParallelism } from "node:os";
import { extname } from "node:path";
import { readInThread } from "@tideway/core/node";
import { type InputFile, readFile } from "./input-file.ts";
import { type Noted, openReading } from "./open-reading.ts";
import type { PagedSource } from "./paced.ts";
import type { FileToRead } from "./read-file.ts";

/** The datums of an input, ready for core. */
export interface DatumSource {
  /** A function where the input can be read again: an upload may need to, when its session is lost. */
  readonly source: PagedSource;
  /** What was noticed so far in the latest reading. */
  readonly noted: () => Noted;
}

/** Smaller files are through before another thread has begun. */
const fewestBytes = 2 ** 25;

const isWorthAThread = ({ size = 0 }: InputFile) => size >= fewestBytes && availableParallelism() > 1;

/** It is a file of its own beside this one, as it is written or bundled. */
const threadModule = new URL(`read-file${extname(import.meta.url)}`, import.meta.url);

/**
 * Reads the first page of an input, so that one that cannot be read at all is refused before anything else is done. Large
 * files are then read in a thread of their own.
 *
 * Rejects with `UnreadableInput`.
 */
export const openDatums = async (input: InputFile, encoding: string | undefined): Promise<DatumSource> => {
  const { path } = input;
  const opened = openReading(input.open(), encoding);
  const iterator = opened.pages[Symbol.asyncIterator]();
  const first = await iterator.next();
  let { noted } = opened;
  if (path === undefined) {
    const all = async function* () {
      for (let step = first; !step.done; step = await iterator.next()) yield step.value;
    };
    return { source: { pages: all() }, noted };
  }
  await iterator.return?.();
  const here = () => {
    const again = openReading(readFile(path), encoding);
    noted = again.noted;
    return again;
  };
  const onNotes = (notes: Noted) => {
    noted = () => notes;
  };
  const data: FileToRead = { path, encoding };
  const source = isWorthAThread(input) ? readInThread(threadModule, { data, onNotes }) : here;
  return { source, noted: () => noted() };
};
