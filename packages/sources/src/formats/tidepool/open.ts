import type { Entry } from "../../entry.ts";
import type { OpenFiles } from "../../format.ts";
import { UnreadableInput } from "../../unreadable-input.ts";
import { judgedEntry } from "./judged-entry.ts";
import { readTidepool } from "./read-tidepool.ts";

/** The same entry, whose place says the file as well. What it makes only when asked stays so. */
const inFile = (entry: Entry, file: string): Entry => {
  const at = `${entry.at} of ${file}`;
  if (!("text" in entry)) return { ...entry, at };
  return Object.create(entry, { at: { value: at }, place: { value: undefined } }) as Entry;
};

/** A file among others that cannot be read costs itself only. */
const orProblem = async function* (
  pages: AsyncIterable<ReadonlyArray<Entry>>,
  file: string
): AsyncGenerator<ReadonlyArray<Entry>> {
  try {
    for await (const page of pages) yield page.map((entry) => inFile(entry, file));
  } catch (error) {
    if (!(error instanceof UnreadableInput)) throw error;
    yield [{ problem: { outcome: "rejected", code: error.code, message: error.message, file }, at: file }];
  }
};

/** Datums written for Tidepool, or exported from it. They say everything themselves: nothing is needed. */
export const openTidepool: OpenFiles = async (files, { encoding }, notes) => ({
  needs: [],
  async *read() {
    for (const file of files) {
      const input = readTidepool(file.stream(), { encoding });
      for await (const page of files.length === 1 ? input.pages : orProblem(input.pages, file.name)) {
        yield page.some((entry) => "datum" in entry) ? page.map(judgedEntry) : page;
      }
      const { linksLost } = input.notes;
      if (linksLost > 0) notes.skip("link to a bolus or a status event that is not in the file", linksLost);
    }
  }
});
