import type { InputFile } from "../input-file.ts";
import { type ZipEntry, zipEntries } from "./zip-entries.ts";

/** The bytes of one file inside an archive, read from the archive's first byte on each time. */
const bytesInside = async function* (
  archive: InputFile,
  isWanted: (entry: ZipEntry) => boolean
): AsyncGenerator<Uint8Array> {
  let queue: Array<Uint8Array> = [];
  let ended = false;
  let found = false;
  const take = (entry: ZipEntry) => {
    if (found || !isWanted(entry)) return undefined;
    found = true;
    return (bytes: Uint8Array, last: boolean) => {
      if (bytes.length > 0) queue.push(bytes);
      ended = last;
    };
  };
  for await (const _ of zipEntries(archive, take)) {
    const ready = queue;
    queue = [];
    yield* ready;
    if (ended) return;
  }
};

/**
 * A file inside a zip archive as a file of its own: `index` is its place in the archive, `name` its path in it.
 *
 * Reading throws `UnreadableInput` where the archive is damaged or unsafe.
 */
export const zippedFile = (
  archive: InputFile,
  { index, name }: { readonly index: number; readonly name: string }
): InputFile => ({
  name: `${archive.name}/${name}`,
  stream: () => bytesInside(archive, (entry) => entry.index === index)
});
