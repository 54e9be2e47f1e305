// Run in a thread of its own: reads the file that it is told.
import { serveSource } from "@tideway/core/node";
import { readFile } from "./input-file.ts";
import { openReading } from "./open-reading.ts";

/** What a thread has to read. */
export interface FileToRead {
  readonly path: string;
  readonly encoding: string | undefined;
}

serveSource(({ path, encoding }: FileToRead) => {
  const { pages, noted } = openReading(readFile(path), encoding);
  return { source: { pages }, notes: noted };
});
