// Run in a thread of its own: a source that has no end.
import { serveSource } from "@tideway/core/node";

serveSource(() => ({
  source: {
    pages: (async function* () {
      for (;;) yield [{ text: "{}" }];
    })()
  }
}));
