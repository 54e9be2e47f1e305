// Takes one page of a source that has no end, and stops: `node stop-early.ts` ends by itself.
import { readInThread } from "@tideway/core/node";

const source = readInThread(new URL("endless-source.ts", import.meta.url), { data: undefined })();
if (!("pages" in source)) throw new Error("These are no pages.");
for await (const page of source.pages) {
  console.log(page.length);
  break;
}
