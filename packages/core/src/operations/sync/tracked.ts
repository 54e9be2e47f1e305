import type { Entry } from "../../contract/entry.ts";
import { idsOf } from "../../contract/item.ts";
import type { SyncReading } from "../../contract/sync.ts";
import { prepareEntry } from "../../prepare/prepare-entry.ts";
import type { PrepareOptions } from "../../prepare/prepared.ts";
import { originIdOf } from "./origin-id.ts";

/** What a source was seen to hold while it was read. */
export interface Seen {
  /** Origin ids, those inside other datums included. */
  readonly ids: Set<string>;
  /** How many records could not be recognised: each of them may be any datum. */
  unrecognised: number;
}

const note = (entry: Entry, seen: Seen, options: PrepareOptions) => {
  const prepared = prepareEntry(entry, 0, "", options);
  if (!("refusal" in prepared)) {
    for (const id of idsOf(prepared)) seen.ids.add(id);
    return;
  }
  if (prepared.refusal.outcome !== "rejected") return;
  // It is there all the same, even if nobody takes it.
  const id = "datum" in entry ? originIdOf(entry.datum) : undefined;
  if (id === undefined) seen.unrecognised++;
  else seen.ids.add(id);
};

/** The same pages, and what was in them of those that were read to their end. A source that is read anew begins anew. */
export const tracked = (
  { pages }: Pick<SyncReading, "pages">,
  seen: Seen,
  options: PrepareOptions
): Pick<SyncReading, "pages"> => {
  const read = async function* () {
    seen.ids.clear();
    seen.unrecognised = 0;
    for await (const page of pages) {
      for (const entry of page) note(entry, seen, options);
      yield page;
    }
  };
  return { pages: { [Symbol.asyncIterator]: read } };
};
