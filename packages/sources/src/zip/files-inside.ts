import { iterable } from "../byte-stream.ts";
import { startBytes } from "../detect/file-start.ts";
import type { InputFile } from "../input-file.ts";
import { isZip, readZipStarts } from "./read-zip-starts.ts";
import { zippedFile } from "./zipped-file.ts";

const beginsLikeZip = async (file: InputFile): Promise<boolean> => {
  for await (const piece of iterable(file.stream())) if (piece.length > 0) return isZip(piece);
  return false;
};

/**
 * The files inside an archive, each of which reads like any other; a file that is no archive is the only one.
 *
 * @throws {UnreadableInput} a damaged or unsafe archive.
 */
export const filesInside = async (file: InputFile): Promise<ReadonlyArray<InputFile>> => {
  if (!(await beginsLikeZip(file))) return [file];
  const starts = await readZipStarts(file, startBytes);
  return starts.filter(({ name }) => !name.endsWith("/")).map((start) => zippedFile(file, start));
};
