import type { Entry, OpenSource, Pages, Source } from "../contract/entry.ts";
import { SourceFailed } from "../contract/errors/client-error.ts";

const pageSize = 1000;

const wanted = "A source is a list of datums, pages of entries, or a function that opens one of these";

/** What is given instead of a source, in words; undefined where it may be one. */
const otherThan = (opened: unknown): string | undefined => {
  if (typeof opened === "string") return "a text: parse it first, with a reader of @tideway/sources or JSON.parse";
  if (typeof opened !== "object" || opened === null) return opened === null ? "null" : typeof opened;
  if (ArrayBuffer.isView(opened) || opened instanceof ArrayBuffer) {
    return "bytes: read them with a reader of @tideway/sources";
  }
  if (Symbol.iterator in opened || Symbol.asyncIterator in opened || "pages" in opened) return undefined;
  if ("then" in opened && typeof opened.then === "function") {
    // Nobody else listens to it, and one that fails unheard ends the process.
    opened.then(undefined, () => undefined);
    return "a promise: await it";
  }
  return "type" in opened ? "one object: put it into a list" : "an object that cannot be iterated";
};

/** Throws a TypeError where something was given that is no source at all. */
export const requireSource = (source: unknown): void => {
  const other = typeof source === "function" ? undefined : otherThan(source);
  if (other !== undefined) throw new TypeError(`${wanted}, not ${other}.`);
};

/** A stream of a file or an answer has no datums in it yet: each of its parts would be rejected, one by one. */
const refuseBytes = (first: unknown): void => {
  if (!ArrayBuffer.isView(first)) return;
  throw new SourceFailed({
    message: "The source gives bytes, not datums: read it with a reader of @tideway/sources."
  });
};

const hasPages = (source: OpenSource): source is Pages =>
  "pages" in source && !(Symbol.iterator in source) && !(Symbol.asyncIterator in source);

// Apart from the other: waiting for each datum of an array takes longer than all that is done with it.
const fromSync = async function* (datums: Iterable<unknown>): AsyncGenerator<ReadonlyArray<Entry>> {
  let page: Array<Entry> = [];
  let isFirst = true;
  for (const datum of datums) {
    if (isFirst) refuseBytes(datum);
    isFirst = false;
    page.push({ datum });
    if (page.length === pageSize) {
      yield page;
      page = [];
    }
  }
  if (page.length > 0) yield page;
};

const fromAsync = async function* (datums: AsyncIterable<unknown>): AsyncGenerator<ReadonlyArray<Entry>> {
  let page: Array<Entry> = [];
  let isFirst = true;
  for await (const datum of datums) {
    if (isFirst) refuseBytes(datum);
    isFirst = false;
    page.push({ datum });
    if (page.length === pageSize) {
      yield page;
      page = [];
    }
  }
  if (page.length > 0) yield page;
};

/** How many datums there are, where that can be known without reading them. */
const totalOf = (datums: Iterable<unknown>): Pick<Pages, "total"> => {
  if (Array.isArray(datums)) return { total: datums.length };
  return datums instanceof Set ? { total: datums.size } : {};
};

/** Any source as pages of entries. A function is called for each reading. */
export const pagesOf = (source: Source): Pages => {
  requireSource(source);
  const opened: OpenSource = typeof source === "function" ? source() : source;
  const other = otherThan(opened);
  if (other !== undefined) {
    throw new SourceFailed({
      message: `The function that opens the source gave something else. ${wanted}, not ${other}.`
    });
  }
  if (hasPages(opened)) return opened;
  if (Symbol.asyncIterator in opened) return { pages: fromAsync(opened) };
  return { pages: fromSync(opened), ...totalOf(opened) };
};

/** Whether a source can be read from its start once more. */
export const canBeReadAgain = (source: Source): boolean => {
  if (typeof source === "function") return true;
  // A generator gives itself as its iterator: what was taken from it is gone. Of others that are read step by step in
  // time nothing is known, and asking one for an iterator may begin the reading.
  if (!(Symbol.iterator in source)) return false;
  return (source[Symbol.iterator]() as unknown) !== source;
};
