import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { errnoInWords } from "../lifecycle/errno-in-words.ts";
import type { ArchivedFile } from "./manifest.ts";

const newline = 0x0a;

/** What is wrong with a file of an archive, in a sentence; undefined where it is what the manifest says. */
export const checkFile = async (
  folder: string,
  { path, bytes, records, sha256 }: ArchivedFile
): Promise<string | undefined> => {
  if (path === "") return undefined;
  const hash = createHash("sha256");
  let [length, lines] = [0, 0];
  try {
    for await (const piece of createReadStream(join(folder, path)) as AsyncIterable<Buffer>) {
      hash.update(piece);
      length += piece.length;
      for (let at = piece.indexOf(newline); at >= 0; at = piece.indexOf(newline, at + 1)) lines++;
    }
  } catch (error) {
    return `${path} cannot be read: ${errnoInWords(error)}.`;
  }
  if (length !== bytes) return `${path} has ${length} bytes, and the manifest says ${bytes}.`;
  if (hash.digest("hex") !== sha256) return `${path} is not what was written: its SHA-256 is another.`;
  return lines === records ? undefined : `${path} has ${lines} lines, and the manifest says ${records}.`;
};
