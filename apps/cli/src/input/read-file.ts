// Run in a thread of its own: reads the files that it is told.
import { serveSource } from "@tideway/core/node";
import type { OpenSourceOptions } from "@tideway/sources";
import { openFiles } from "./open-reading.ts";

/** What a thread has to read. */
export interface FilesToRead {
  readonly paths: ReadonlyArray<string>;
  readonly options: OpenSourceOptions;
}

serveSource(async ({ paths, options }: FilesToRead) => {
  const { opened, noted, restart } = await openFiles(paths, options);
  restart();
  return { source: { pages: opened.pages }, notes: noted };
});
