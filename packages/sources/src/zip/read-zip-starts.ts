import { join } from "../byte-stream.ts";
import type { InputFile } from "../input-file.ts";
import { judgedBytes, zipEntries } from "./zip-entries.ts";

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

/** Files of one ending whose start is kept: of an Apple Health export with thousands of routes, the rest are named only. */
const mostAlike = 64;
/** Files whose start is kept, whatever their ending. */
const mostKept = 256;

/** What stands behind the last dot of a name. */
const endingOf = (name: string): string =>
  /\.(?<ending>[^./]{1,8})$/u.exec(name)?.groups?.["ending"]?.toLowerCase() ?? "";

/** Whether bytes begin like a zip archive, be it an empty one. */
export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6));

/** What a Mac adds to archives: no part of any export. */
const isClutter = (name: string): boolean => name.startsWith("__MACOSX/") || name.endsWith(".DS_Store");

/**
 * The files inside an archive with the first bytes of each: at most `size`, and of at most 64 files of one ending and 256 in
 * all; of the others, no bytes.
 *
 * @throws {UnreadableInput} a damaged or unsafe archive.
 */
export const readZipStarts = async (file: InputFile, size: number): Promise<ReadonlyArray<ZipStart>> => {
  const kept = new Map<string, number>();
  let keptInAll = 0;
  const starts: Array<{ -readonly [K in keyof ZipStart]: ZipStart[K] }> = [];
  for await (const _ of zipEntries(file, ({ index, name, encrypted }) => {
    if (isClutter(name)) return undefined;
    const start = { index, name: name.replaceAll("\\", "/"), encrypted, bytes: new Uint8Array(0), whole: false };
    starts.push(start);
    const alike = kept.get(endingOf(name)) ?? 0;
    if (alike >= mostAlike || keptInAll >= mostKept) return undefined;
    kept.set(endingOf(name), alike + 1);
    keptInAll++;
    let unpacked = 0;
    return (bytes, last) => {
      const wanted = size - start.bytes.length;
      if (wanted > 0) start.bytes = join(start.bytes, bytes.subarray(0, wanted)) as Uint8Array<ArrayBuffer>;
      if (last) start.whole = bytes.length <= wanted;
      unpacked += bytes.length;
      return unpacked > judgedBytes ? "enough" : undefined;
    };
  }));
  return starts;
};
