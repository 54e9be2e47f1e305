import type { Source } from "@tideway/core";
import { readTidepool, type TidepoolInput } from "@tideway/sources";
import type { InputFile } from "./input-file.ts";

/** The datums of an input, ready for core. */
export interface DatumSource {
  /** A function where the input can be read again: an upload may need to, when its session is lost. */
  readonly source: Source;
  /** What was noticed in the latest reading. */
  readonly notes: () => TidepoolInput["notes"];
}

/**
 * Reads the first page of an input, so that one that cannot be read at all is refused before anything else is done.
 *
 * Rejects with `UnreadableInput`.
 */
export const openDatums = async (input: InputFile): Promise<DatumSource> => {
  let latest = readTidepool(input.bytes());
  const iterator = latest.pages[Symbol.asyncIterator]();
  const first = await iterator.next();
  const notes = () => latest.notes;
  if (input.again) {
    await iterator.return?.();
    return { source: () => (latest = readTidepool(input.bytes())), notes };
  }
  const all = async function* () {
    for (let step = first; !step.done; step = await iterator.next()) yield step.value;
  };
  return { source: { pages: all() }, notes };
};
