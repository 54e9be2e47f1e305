import { parentPort, workerData } from "node:worker_threads";
import { everyKind } from "@tideway/schemas";
import type { OpenSource } from "../../contract/entry.ts";
import { pagesOf } from "../../source/pages.ts";
import { type PageMessage, type PageRequest, pageMessageOf } from "./page-message.ts";

/** What the reading thread answers to each request for a page. */
export type Answer<Notes = unknown> =
  /** `fraction`: how much of the input has been read with this page, from 0 to 1, where that is known. */
  | { readonly sheet: PageMessage; readonly notes: Notes; readonly fraction: number | undefined }
  | { readonly done: true; readonly notes: Notes }
  | { readonly failed: { readonly message: string; readonly [member: string]: unknown } };

/** A source opened in a thread of its own. */
export interface Served<Notes> {
  readonly source: OpenSource;
  /** What there is to tell of the reading so far, along with each page: anything that can be cloned. */
  readonly notes?: () => Notes;
}

/** An error as what can be cloned of it: its class cannot. */
const failedOf = (error: unknown) => {
  if (!(error instanceof Error)) return { message: String(error) };
  const members = Object.entries(error).filter(([, value]) => typeof value === "string" || typeof value === "number");
  return { ...Object.fromEntries(members), name: error.name, message: error.message };
};

/**
 * Opens a source in the thread that `readInThread` has started with this module, and gives its pages to that one, checked
 * already. Call it once, at the end of the module.
 *
 * A datum that comes as a value, and not as its text, crosses as its JSON.
 */
export const serveSource = <Data, Notes>(open: (data: Data) => Served<Notes> | Promise<Served<Notes>>): void => {
  const port = parentPort;
  if (!port) throw new Error("serveSource belongs into a module that readInThread runs.");
  const opening = (async () => {
    const { source, notes } = await open(workerData as Data);
    const { pages, total, fractionRead } = pagesOf(source);
    return { pages: pages[Symbol.asyncIterator](), total, fractionRead, notes };
  })();
  // Told to whoever asks for the first page.
  opening.catch(() => undefined);
  let read = 0;
  const answer = async (wants: PageRequest): Promise<void> => {
    try {
      const { pages, total, fractionRead, notes } = await opening;
      const { done, value } = await pages.next();
      const noted = notes?.() as Notes;
      if (done) return port.postMessage({ done, notes: noted } satisfies Answer<Notes>);
      read += value.length;
      const fraction = total === undefined ? fractionRead?.() : read / total;
      const sheet = pageMessageOf(value, wants, everyKind);
      port.postMessage({ sheet, notes: noted, fraction } satisfies Answer<Notes>, [sheet.bytes.buffer as ArrayBuffer]);
    } catch (error) {
      port.postMessage({ failed: failedOf(error) } satisfies Answer<Notes>);
    }
  };
  // One after another: the pages have an order.
  let last = Promise.resolve();
  port.on("message", (wants: PageRequest) => {
    last = last.then(() => answer(wants));
  });
};
