import { chmodSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder where there is none, and those above it, for their owner only, whatever the umask. Each is tried once: Node's own
 * recursive `mkdir` never ends where a folder takes no other, such as `/proc`.
 */
export const makeFolder = (path: string): void => {
  if (statSync(path, { throwIfNoEntry: false })) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (cause) {
    // Another process may have made it in the meantime; a link that leads nowhere exists, too, and is no folder.
    if ((cause as NodeJS.ErrnoException).code === "EEXIST" && statSync(path).isDirectory()) return;
    throw cause;
  }
  // The umask may have taken the owner's own rights.
  chmodSync(path, 0o700);
};
