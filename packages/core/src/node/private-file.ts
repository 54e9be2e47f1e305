import { closeSync, fchmodSync, openSync } from "node:fs";

/** Makes an empty file where there is none, for its owner only, whatever the umask. Files that SQLite puts beside it follow it in that. */
export const makePrivateFile = (path: string): void => {
  try {
    const file = openSync(path, "ax", 0o600);
    try {
      fchmodSync(file, 0o600);
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
  }
};
