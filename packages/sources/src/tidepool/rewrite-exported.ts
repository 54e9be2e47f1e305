import type { Entry, Page } from "../entry.ts";
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
 * Makes exported records fit for upload. What was written for upload goes through as the text that it is, unparsed.
 */
export async function* rewriteExported(
  pages: AsyncIterable<Page>,
  onLinkLost: () => void
): AsyncGenerator<ReadonlyArray<Entry>> {
  const linker = createLinker(onLinkLost);
  for await (const { entries, text } of pages) {
    if (!text.includes(hint)) {
      yield entries;
      continue;
    }
    const rewritten: Array<Entry> = [];
    for (const entry of entries) {
      const record = "text" in entry && entry.text.includes(mark) ? parseRecord(entry.text) : undefined;
      if (!record || !isExported(record)) rewritten.push(entry);
      else if (record["type"] === "upload") rewritten.push({ ...sessionRecord, at: entry.at });
      else rewritten.push(...linker.add({ record, datum: writableRecord(record), at: entry.at }));
    }
    if (rewritten.length > 0) yield rewritten;
  }
  const waiting = linker.end();
  if (waiting.length > 0) yield waiting;
}
