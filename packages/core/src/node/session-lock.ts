import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { LedgerFailed } from "../contract/errors/client-error.ts";
import { isDamage } from "./damage.ts";
import { isHeld, ledgerErrorOf } from "./ledger-error.ts";
import { makePrivateFile } from "./private-file.ts";

const nameOf = (sessionId: string) => createHash("sha256").update(sessionId).digest("hex").slice(0, 16);

/** Why a lock could not be had. */
const refusalOf = (path: string, file: string, cause: unknown): LedgerFailed => {
  if (isHeld(cause)) {
    const message = "Another upload into this session is running with the same ledger: wait until it has ended.";
    return new LedgerFailed({ message, isBusy: true, cause });
  }
  if (!isDamage(cause)) return ledgerErrorOf(path, cause);
  const message = `The lock of this ledger, ${file}, cannot be used: delete that file and try again.`;
  return new LedgerFailed({ message, cause });
};

/**
 * Holds a session for this run. The lock is SQLite's own on an empty file, so the operating system lets go of it whatever
 * way the process ends.
 */
export const lockSession = (path: string, sessionId: string): (() => void) => {
  if (path === ":memory:") return () => undefined;
  const file = `${path}-${nameOf(sessionId)}.lock`;
  let lock: DatabaseSync | undefined;
  try {
    makePrivateFile(file);
    lock = new DatabaseSync(file, { timeout: 0 });
    lock.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    lock?.close();
    throw refusalOf(path, file, cause);
  }
  const held = lock;
  return () => held.close();
};
