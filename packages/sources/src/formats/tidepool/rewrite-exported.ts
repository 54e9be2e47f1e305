import type { Entry, Page } from "../../entry.ts";
import { createLinker } from "./link-records.ts";
import { isExported, writableRecord, type TidepoolRecord } from "./writable-record.ts";

/** The member that every exported record has, and no text without this word. */
const mark = '"uploadId"';
/** A part of it, looked for first: V8 finds a text this short in a seventh of the time. */
const hint = "loadId";

const parseRecord = (text: string): TidepoolRecord | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as TidepoolRecord) : undefined;
  } catch {
    return undefined;
  }
};

const sessionRecord: Entry & { readonly problem: unknown } = {
  problem: {
    outcome: "skipped",
    code: "session-record",
    message: "It describes the session that the records came from, and is not a datum itself."
  },
  at: ""
};

/**
 * Makes exported records fit for upload. What was written for upload goes through as the text that it is, unparsed unless
 * a record before it waits for its other half.
 */
export const rewriteExported = async function* (
  pages: AsyncIterable<Page>,
  onLinkLost: () => void
): AsyncGenerator<ReadonlyArray<Entry>> {
  const linker = createLinker(onLinkLost);

  const rewritten = (entry: Entry): ReadonlyArray<Entry> => {
    const mayBeExported = "text" in entry && entry.text.includes(mark);
    const record = "text" in entry && (mayBeExported || linker.isWaiting) ? parseRecord(entry.text) : undefined;
    if (!record) return [entry];
    if (!isExported(record)) return [...linker.before(record), entry];
    if (record["type"] === "upload") return [{ ...sessionRecord, at: entry.at }];
    return linker.add({ record, datum: writableRecord(record), at: entry.at });
  };

  for await (const { entries, text } of pages) {
    if (!text.includes(hint) && !linker.isWaiting) {
      yield entries;
      continue;
    }
    const page: Array<Entry> = [];
    for (const entry of entries) for (const each of rewritten(entry)) page.push(each);
    if (page.length > 0) yield page;
  }
  const waiting = linker.end();
  if (waiting.length > 0) yield waiting;
};
