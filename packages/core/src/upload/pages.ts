import type { Entry, OpenSource, Source } from "../entry.ts";

const pageSize = 1000;

type Pages = AsyncIterable<ReadonlyArray<Entry>>;

const hasPages = (source: OpenSource): source is { readonly pages: Pages } =>
  "pages" in source && !(Symbol.iterator in source) && !(Symbol.asyncIterator in source);

// Apart from the other: waiting for each datum of an array takes longer than all that is done with it.
async function* fromSync(datums: Iterable<unknown>): AsyncGenerator<ReadonlyArray<Entry>> {
  let page: Array<Entry> = [];
  for (const datum of datums) {
    page.push({ datum });
    if (page.length === pageSize) {
      yield page;
      page = [];
    }
  }
  if (page.length > 0) yield page;
}

async function* fromAsync(datums: AsyncIterable<unknown>): AsyncGenerator<ReadonlyArray<Entry>> {
  let page: Array<Entry> = [];
  for await (const datum of datums) {
    page.push({ datum });
    if (page.length === pageSize) {
      yield page;
      page = [];
    }
  }
  if (page.length > 0) yield page;
}

/** Any source as pages of entries. A function is called for each reading. */
export const pagesOf = (source: Source): Pages => {
  const opened: OpenSource = typeof source === "function" ? source() : source;
  if (typeof opened !== "object" || opened === null) {
    throw new TypeError("A source has to be a list of datums, pages of entries, or a function that opens one.");
  }
  if (hasPages(opened)) return opened.pages;
  return Symbol.asyncIterator in opened ? fromAsync(opened) : fromSync(opened);
};

/** Whether a source can be read from its start once more. */
export const canBeReadAgain = (source: Source): boolean => {
  if (typeof source === "function") return true;
  // A generator gives itself as its iterator: what was taken from it is gone. Of others that are read step by step in
  // time nothing is known, and asking one for an iterator may begin the reading.
  if (!(Symbol.iterator in source)) return false;
  return (source[Symbol.iterator]() as unknown) !== source;
};
