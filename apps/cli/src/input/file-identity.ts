import { fstatSync, type BigIntStats } from "node:fs";
import { readlink, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { usageError } from "../lifecycle/command-error.ts";

/** A place that bytes are read from or written to. */
export interface Place {
  /** What to call it: `--report`, `the input`. */
  readonly name: string;
  /** Its path, or the number of an open file: 0 is standard input. */
  readonly at: string | number;
}

/** Terminals and `/dev/null` may be both read and written. */
const isShareable = (found: BigIntStats) => found.isCharacterDevice() || found.isDirectory();

const open = (fd: number): BigIntStats | undefined => {
  try {
    return fstatSync(fd, { bigint: true });
  } catch {
    return undefined;
  }
};

/** Where a file would be made: of a link to what is not there, its target. */
const targetOf = async (path: string, links = 40): Promise<string> => {
  const target = links > 0 ? await readlink(path).catch(() => undefined) : undefined;
  return target === undefined ? path : targetOf(resolve(dirname(path), target), links - 1);
};

/**
 * What makes a file the same by whatever path it is reached: device and inode; of one that is not there yet, those of its
 * folder, and its name. Undefined where it does not matter.
 */
const identityOf = async (at: string | number): Promise<string | undefined> => {
  const found = typeof at === "number" ? open(at) : await stat(at, { bigint: true }).catch(() => undefined);
  if (found !== undefined) return isShareable(found) ? undefined : `${found.dev}:${found.ino}`;
  if (typeof at === "number") return undefined;
  const target = await targetOf(resolve(at));
  const folder = await stat(dirname(target), { bigint: true }).catch(() => undefined);
  return folder === undefined ? target : join(`${folder.dev}:${folder.ino}`, basename(target));
};

/** Whether two paths lead to one file, there already or not. */
export const isSameFile = async (one: string, other: string): Promise<boolean> => {
  const [a, b] = await Promise.all([identityOf(one), identityOf(other)]);
  return a !== undefined && a === b;
};

/**
 * Refuses to write over what is read, or two things into one file: by another path, a link, or a redirection of the shell as
 * well. Nothing is opened for this.
 */
export const refuseSharedFiles = async (read: ReadonlyArray<Place>, written: ReadonlyArray<Place>): Promise<void> => {
  const taken = new Map<string, Place>();
  for (const place of read) {
    const identity = await identityOf(place.at);
    if (identity !== undefined) taken.set(identity, place);
  }
  const inputs = new Set(taken.keys());
  for (const place of written) {
    const identity = await identityOf(place.at);
    if (identity === undefined) continue;
    const other = taken.get(identity);
    taken.set(identity, place);
    if (other === undefined) continue;
    if (inputs.has(identity)) {
      throw usageError(`${place.name} is ${other.name} itself, which would be overwritten: choose another file.`);
    }
    // `2>&1` is a person's own wish.
    if (typeof place.at === "number" && typeof other.at === "number") continue;
    throw usageError(`${place.name} and ${other.name} are one file: choose another for one of them.`);
  }
};

/** Standard output and standard error. */
export const standardOutputs: ReadonlyArray<Place> = [
  { name: "standard output", at: 1 },
  { name: "standard error", at: 2 }
];
