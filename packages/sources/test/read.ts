import { readTidepool, type Entry, type ReadTidepoolOptions } from "@tideway/sources";

export const inPieces = async function* (
  bytes: Uint8Array,
  ...sizes: ReadonlyArray<number>
): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (let turn = 0; from < bytes.length; turn++) {
    const size = sizes.length === 0 ? bytes.length : Math.max(1, sizes[turn % sizes.length]!);
    yield bytes.subarray(from, from + size);
    from += size;
  }
};

export const bytesOf = (input: string | Uint8Array): Uint8Array =>
  typeof input === "string" ? new TextEncoder().encode(input) : input;

/** Everything that an input gives, with `at` as a plain member so that entries can be compared. */
export const readAll = async (
  input: string | Uint8Array,
  { sizes = [], ...options }: ReadTidepoolOptions & { readonly sizes?: ReadonlyArray<number> } = {}
) => {
  const { pages, notes } = readTidepool(inPieces(bytesOf(input), ...sizes), options);
  const entries: Array<Entry> = [];
  for await (const page of pages) {
    for (const entry of page) {
      if ("text" in entry) entries.push({ text: entry.text, at: entry.at });
      else entries.push(entry);
    }
  }
  return { entries, notes };
};

/** The entries as datums, parsed where they came as text; a problem as its code. */
export const datumsOf = (entries: ReadonlyArray<Entry>): ReadonlyArray<unknown> =>
  entries.map((entry) =>
    "text" in entry ? JSON.parse(entry.text) : "datum" in entry ? entry.datum : entry.problem.code
  );
