import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";

/** What SQLite keeps beside its file: it gives those it makes the rights of the file. */
const besides = ["", "-wal", "-shm", "-journal"];

/**
 * Makes a file for its owner alone, whatever the umask, in a folder that is its owner's alone where it has to be made. A file of
 * somebody else's stays as it is.
 */
export const makePrivate = (path: string): void => {
  makeFolder(dirname(path));
  closeSync(openSync(path, "a", 0o600));
  for (const part of besides) {
    if (!existsSync(path + part)) continue;
    try {
      chmodSync(path + part, 0o600);
    } catch (error) {
      if (codeOf(error) !== "EPERM") throw error;
    }
  }
};

/** One folder after another: a umask may take rights that the next one needs. */
const makeFolder = (folder: string): void => {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder, 0o700);
  } catch (error) {
    // Somebody else was quicker.
    if (codeOf(error) !== "EEXIST") throw error;
    return;
  }
  chmodSync(folder, 0o700);
};

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;
