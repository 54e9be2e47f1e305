import { iterable } from "./byte-stream.ts";
import type { InputFile } from "./input-file.ts";

/** How much of some files has been read, for a progress bar. */
export interface ReadMeter {
  /** The files, as they are to be read. */
  readonly files: ReadonlyArray<InputFile>;
  /** A reading begins. */
  readonly begin: () => void;
  /** From 0 to 1, and never less than before; undefined where the size of a file is not known. */
  readonly fractionRead: () => number | undefined;
}

/**
 * Counts the bytes of files as they are read. A format that reads a file more than once, as those in archives do, moves it by
 * the furthest that any of its readings came.
 */
export const createReadMeter = (files: ReadonlyArray<InputFile>): ReadMeter => {
  const furthest = new Map<InputFile, number>();
  const sizes = files.map(({ size }) => size);
  const total = sizes.includes(undefined) ? undefined : sizes.reduce((sum: number, size) => sum + (size ?? 0), 0);
  const metered = files.map((file): InputFile => {
    const bytes = async function* () {
      let read = 0;
      for await (const piece of iterable(file.stream())) {
        read += piece.length;
        if (read > (furthest.get(file) ?? 0)) furthest.set(file, read);
        yield piece;
      }
    };
    return { name: file.name, ...(file.size === undefined ? {} : { size: file.size }), stream: bytes };
  });
  return {
    files: metered,
    begin: () => furthest.clear(),
    fractionRead: () => {
      if (total === undefined) return undefined;
      const read = [...furthest.values()].reduce((sum, bytes) => sum + bytes, 0);
      return total === 0 ? 1 : Math.min(read / total, 1);
    }
  };
};
