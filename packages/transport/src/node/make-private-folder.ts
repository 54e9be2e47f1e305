import { chmod, lstat, mkdir, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";

const reasons: { readonly [code: string]: (at: string) => string } = {
  ENOENT: (at) => `nothing can be made in ${dirname(at)}`,
  EACCES: (at) => `this program may not write in ${dirname(at)}`,
  EPERM: (at) => `this program may not write in ${dirname(at)}`,
  EROFS: (at) => `${dirname(at)} is read-only`,
  ENOSPC: () => "the disk is full",
  EDQUOT: () => "the disk quota is used up",
  ENOTDIR: (at) => `${dirname(at)} is not a folder`
};

/** A folder is not there and cannot be made. The message names the folder and what stands in the way. */
export class FolderUnavailable extends Error {
  readonly _tag = "FolderUnavailable";
  /** The operating system's word, such as `ENOTDIR`. */
  readonly code: string;

  constructor(folder: string, code: string, reason: string, cause?: unknown) {
    super(`The folder ${folder} cannot be made: ${reason}.`, { cause });
    this.name = "FolderUnavailable";
    this.code = code;
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? "unknown";

const unavailable = (folder: string, at: string, cause: unknown): FolderUnavailable => {
  const code = codeOf(cause);
  return new FolderUnavailable(folder, code, reasons[code]?.(at) ?? code, cause);
};

const links: { readonly [code: string]: string } = { ENOENT: "nowhere", ELOOP: "in a circle" };

/** Whether there is a folder at the path; `FolderUnavailable` where something else is, or a link to nothing. */
const isFolder = async (folder: string, at: string): Promise<boolean> => {
  try {
    if ((await stat(at)).isDirectory()) return true;
  } catch (error) {
    const code = codeOf(error);
    // What is above it may be what stands in the way: that is for the one above it to say.
    if ((await lstat(at).catch(() => undefined)) === undefined && code !== "EACCES") return false;
    if (links[code] === undefined) throw unavailable(folder, at, error);
    throw new FolderUnavailable(folder, code, `${at} is a link that leads ${links[code]}`, error);
  }
  throw new FolderUnavailable(folder, "ENOTDIR", `${at} is not a folder`);
};

const make = async (folder: string, at: string): Promise<void> => {
  if (await isFolder(folder, at)) return;
  if (dirname(at) !== at) await make(folder, dirname(at));
  try {
    await mkdir(at, { mode: 0o700 });
    // The umask may have taken the owner's own rights.
    if (process.platform !== "win32") await chmod(at, 0o700);
  } catch (error) {
    // Another process may have made it in the meantime.
    if (codeOf(error) === "EEXIST" && (await isFolder(folder, at))) return;
    throw error instanceof FolderUnavailable ? error : unavailable(folder, at, error);
  }
};

/**
 * Makes a folder, and those above it, where they are missing: readable for their owner only, whatever the umask. Rejects with
 * {@link FolderUnavailable}.
 *
 * Node's own recursive `mkdir` never ends where a folder that exists takes no other, such as `/proc`, and then a thread of
 * Node's stays busy, for which the end of the process waits.
 */
export const makePrivateFolder = (path: string): Promise<void> => make(path, resolve(path));
