import type { Entry } from "@tideway/core";

/** A source as a test describes it, for either thread. */
export interface Given {
  readonly pages: ReadonlyArray<ReadonlyArray<Entry>>;
  /** Whether texts come as slices of one array, as a file's do; nearly all. */
  readonly asSlices?: boolean;
  /** Throws this after so many pages. */
  readonly fault?: { readonly after: number; readonly name: string; readonly message: string; readonly code: string };
  /** Counts the pages that were asked for, where both threads see it. */
  readonly asked?: Int32Array;
}

const encoder = new TextEncoder();

const sliced = (page: ReadonlyArray<Entry>): ReadonlyArray<Entry> => {
  const bytes = encoder.encode(page.map((entry) => ("text" in entry ? entry.text : "")).join("\n"));
  let from = 0;
  return page.map((entry, index) => {
    if (!("text" in entry)) {
      from++;
      return entry;
    }
    const own = encoder.encode(entry.text);
    const utf8 = { bytes, from, to: from + own.length };
    from = utf8.to + 1;
    // One of them is all of an array of its own.
    return { ...entry, utf8: index === 3 ? { bytes: own, from: 0, to: own.length } : utf8 };
  });
};

/** The pages of a source, one after another. */
export const pagesOfGiven = async function* ({ pages, asSlices = false, fault, asked }: Given) {
  for (const [number, page] of pages.entries()) {
    if (fault?.after === number) {
      const { name, message, code } = fault;
      throw Object.assign(new Error(message), { name, code });
    }
    if (asked) Atomics.add(asked, 0, 1);
    yield asSlices ? sliced(page) : page;
  }
};
