// Run in a thread of its own: opens the source that a test describes.
import { serveSource } from "@tideway/core/node";
import { type Given, pagesOfGiven } from "./given.ts";

serveSource((given: Given) => {
  let read = 0;
  const total = given.pages.reduce((sum, page) => sum + page.length, 0);
  const pages = async function* () {
    for await (const page of pagesOfGiven(given)) {
      read += page.length;
      yield page;
    }
  };
  return { source: { pages: pages(), fractionRead: () => read / total }, notes: () => ({ read }) };
});
