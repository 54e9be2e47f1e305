import { createHash, randomUUID } from "node:crypto";
import { chmod, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { oneAtATime, type TokenStore } from "../token-store.ts";
import { withFileLock } from "./file-lock.ts";
import { makePrivateFolder } from "./make-private-folder.ts";

/** Where the files are. */
export interface FileTokenStoreOptions {
  /** Made where it is missing, readable for its owner only. */
  readonly folder: string;
}

// No such file, or a file where a folder should be.
const nothingThere: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR"]);

/**
 * A store of one file for each login, mode 0600, replaced whole or not at all. Processes that share the folder renew
 * one after the other.
 *
 * Whoever can read the user's files can read the logins: the system's keyring is the better place where there is one.
 * On Windows the folder's own access rights decide.
 */
export const fileTokenStore = ({ folder }: FileTokenStoreOptions): TokenStore => {
  const inTurn = oneAtATime();
  const fileOf = (key: string) => join(folder, `${fileName(key)}.json`);
  const prepare = () => makePrivateFolder(folder);

  return {
    place: `the folder ${folder}`,
    async read(key) {
      const file = fileOf(key);
      try {
        const { mode } = await stat(file);
        // Copied or restored from somewhere that does not keep modes: closed before it is used.
        if ((mode & 0o077) !== 0 && process.platform !== "win32") await chmod(file, 0o600);
        return await readFile(file, "utf8");
      } catch (error) {
        if (nothingThere.has(String((error as NodeJS.ErrnoException).code))) return undefined;
        throw error;
      }
    },
    async write(key, text) {
      await prepare();
      const file = fileOf(key);
      const draft = `${file}.${randomUUID()}`;
      try {
        const handle = await open(draft, "wx", 0o600);
        try {
          // The umask may have taken the owner's own rights.
          if (process.platform !== "win32") await handle.chmod(0o600);
          await handle.writeFile(text);
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(draft, file);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
      await syncFolder(folder);
      await removeLeftovers(folder, basename(file));
    },
    async remove(key) {
      try {
        await rm(fileOf(key), { force: true });
      } catch (error) {
        if (!nothingThere.has(String((error as NodeJS.ErrnoException).code))) throw error;
      }
    },
    exclusively: (key, work) =>
      inTurn(key, async () => {
        await prepare();
        return withFileLock(join(folder, `${fileName(key)}.lock`), work);
      })
  };
};

// A program that was killed while it wrote has left its draft, with a login in it.
const removeLeftovers = async (folder: string, name: string): Promise<void> => {
  const drafts = (await readdir(folder)).filter((other) => other.startsWith(`${name}.`));
  for (const draft of drafts) {
    const found = await stat(join(folder, draft)).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > 60_000) await rm(join(folder, draft), { force: true });
  }
};

// Two keys never share a file, and a person finds the right one.
const fileName = (key: string): string => {
  const hash = createHash("sha256").update(key).digest("hex").slice(0, 8);
  const words = key.replace(/^https?:\/\//, "").replaceAll(/[^\w.-]+/g, "-");
  return `${words.slice(0, 80)}-${hash}`;
};

// A rename is durable once its folder is; Windows has no such call and does not need it.
const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
