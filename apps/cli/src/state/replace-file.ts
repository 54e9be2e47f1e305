import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { makePrivateFolder } from "@tideway/transport/node";

/**
 * Writes a file that is its owner's alone, in place of one that may be there: whoever reads it, or is left with it after a crash, has
 * the old one or the new one, whole. Its folder is made where it is missing.
 */
export const replaceFile = async (path: string, text: string): Promise<void> => {
  await makePrivateFolder(dirname(path));
  const draft = `${path}.${randomUUID()}`;
  try {
    const file = await open(draft, "wx", 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
};
