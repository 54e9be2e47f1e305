import { join } from "../byte-stream.ts";
import type { InputFile } from "../input-file.ts";
import { zipEntries } from "./zip-entries.ts";

/** The start of a file inside an archive. */
export interface ZipStart {
  readonly index: number;
  /** Its path inside the archive, with `/` between folders. */
  readonly name: string;
  readonly encrypted: boolean;
  readonly bytes: Uint8Array;
  /** Whether that is all of it. */
  readonly whole: boolean;
}

/** Files whose start is kept: of an Apple Health export with thousands of routes, the rest are named only. */
const mostKept = 64;

/** Whether bytes begin like a zip archive, be it an empty one. */
export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6));

/** What a Mac adds to archives: no part of any export. */
const isClutter = (name: string): boolean => name.startsWith("__MACOSX/") || name.endsWith(".DS_Store");

/**
 * The files inside an archive with the first bytes of each: at most `size`, and of at most 64 files; of the others, no
 * bytes.
 *
 * @throws {UnreadableInput} a damaged or unsafe archive.
 */
export const readZipStarts = async (file: InputFile, size: number): Promise<ReadonlyArray<ZipStart>> => {
  const starts: Array<{ -readonly [K in keyof ZipStart]: ZipStart[K] }> = [];
  for await (const _ of zipEntries(file, ({ index, name, encrypted }) => {
    if (isClutter(name)) return undefined;
    const start = { index, name: name.replaceAll("\\", "/"), encrypted, bytes: new Uint8Array(0), whole: false };
    starts.push(start);
    if (starts.length > mostKept) return undefined;
    return (bytes, last) => {
      const wanted = size - start.bytes.length;
      if (wanted > 0) start.bytes = join(start.bytes, bytes.subarray(0, wanted)) as Uint8Array<ArrayBuffer>;
      if (last) start.whole = bytes.length <= wanted;
    };
  }));
  return starts;
};
