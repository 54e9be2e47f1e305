import { chmod } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { Unanswered } from "@tideway/core";

const busy = 5;
const patience = 90_000;

/**
 * Runs the work while no other process holds the lock of this file.
 *
 * The lock is the operating system's, taken through SQLite: it ends with the process that holds it, however that ends,
 * so no lock can be left behind and none has to be guessed stale. A holder that hangs is waited for 90 s, which is
 * longer than a renewal's own deadlines; then this rejects with `Unanswered`.
 */
export const withFileLock = async <A>(file: string, work: () => Promise<A>): Promise<A> => {
  const database = new DatabaseSync(file);
  try {
    await chmod(file, 0o600);
    database.exec("PRAGMA busy_timeout = 0");
    const start = performance.now();
    for (let wait = 5; !take(database); wait = Math.min(wait * 2, 100)) {
      if (performance.now() - start > patience) {
        throw new Unanswered({
          message: `Another program holds the login (${file}) and does not let go. Try again later.`
        });
      }
      await sleep(wait * (0.5 + Math.random()));
    }
    return await work();
  } finally {
    database.close();
  }
};

const take = (database: DatabaseSync): boolean => {
  try {
    database.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    if ((error as { readonly errcode?: unknown }).errcode === busy) return false;
    throw error;
  }
};
