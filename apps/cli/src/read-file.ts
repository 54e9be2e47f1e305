// Run in a thread of its own: reads the file whose path it is given.
import { serveSource } from "@tideway/core/node";
import { readFile } from "./input-file.ts";
import { openReading } from "./open-reading.ts";

serveSource((path: string) => {
  const { pages, noted } = openReading(readFile(path));
  return { source: { pages }, notes: noted };
});
