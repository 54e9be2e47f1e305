import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import type { InputFile } from "../input-file.ts";

const inputFile = async (path: string, name: string): Promise<InputFile> => {
  const { size } = await stat(path);
  return { name, size, stream: () => createReadStream(path) };
};

/**
 * The file at a path, or every file in the folder there and in the folders below it, in the order of their names; hidden files are left
 * out. For `openSource`. Rejects with the error of the file system where the path cannot be read.
 */
export const inputFiles = async (path: string): Promise<ReadonlyArray<InputFile>> => {
  if (!(await stat(path)).isDirectory()) return [await inputFile(path, basename(path))];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(path, join(entry.parentPath, entry.name)))
    .filter((name) => !/(^|[\\/])\./u.test(name))
    .sort();
  return Promise.all(names.map((name) => inputFile(join(path, name), name)));
};
