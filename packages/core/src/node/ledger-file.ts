import { lstatSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { LedgerFailed } from "../contract/errors/client-error.ts";
import { ledgerErrorOf } from "./ledger-error.ts";
import { markOf } from "./ledger-mark.ts";
import { makeFolder } from "./make-folder.ts";
import { makePrivateFile } from "./private-file.ts";

/** More links than this lead in a circle. */
const mostLinks = 40;

/** Where a path leads, through links to files that are not there yet. */
const targetOf = (path: string, links = 0): string => {
  makeFolder(dirname(path));
  const there = join(realpathSync(dirname(path)), basename(path));
  if (links > mostLinks || !lstatSync(there, { throwIfNoEntry: false })?.isSymbolicLink()) return there;
  return targetOf(resolve(dirname(there), readlinkSync(there)), links + 1);
};

const isSame = (a: string, b: string): boolean => {
  const [one, other] = [a, b].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }));
  return one !== undefined && other !== undefined && one.dev === other.dev && one.ino === other.ino;
};

/**
 * The name by which a ledger was made, where it still has that one beside this: a file with two names (hard links) has one lock
 * and one log only if all use the same. Read as it lies there: SQLite must not look for a log under the wrong name.
 */
const firstNameOf = (path: string): string => {
  try {
    const url = pathToFileURL(path);
    url.searchParams.set("immutable", "1");
    const database = new DatabaseSync(url, { readOnly: true });
    try {
      const row = database.prepare("SELECT path FROM place").get();
      const first = String(row?.["path"]);
      return isSame(first, path) ? first : path;
    } finally {
      database.close();
    }
  } catch {
    return path;
  }
};

/**
 * Makes sure that there is a file for a ledger, and that it is one or empty; returns the one name that all use for it. Anything
 * else is left as it is, and not even opened by SQLite: rejects with `LedgerFailed`.
 */
export const claimFile = (given: string): string => {
  if (given === ":memory:") return given;
  try {
    const path = targetOf(resolve(given));
    makePrivateFile(path);
    const stats = statSync(path);
    if (!stats.isFile()) {
      throw new LedgerFailed({ message: `${given} is not a file: name another place for the ledger.` });
    }
    if (stats.size === 0) return path;
    const { isLedger, isNewer } = markOf(path);
    if (!isLedger) {
      throw new LedgerFailed({
        message: `${given} is a file of another program, or a ledger of an early version, and is left as it is: name another file for the ledger, or move that one away.`
      });
    }
    if (isNewer) {
      throw new LedgerFailed({
        message: `The ledger ${given} was made by a newer Tideway: update this one, or name another file for the ledger.`
      });
    }
    return stats.nlink > 1 ? firstNameOf(path) : path;
  } catch (cause) {
    throw ledgerErrorOf(given, cause);
  }
};
