import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { LedgerFailed } from "../client-error.ts";
import type { LedgerScope } from "../ledger.ts";

const nameOf = ({ sessionId }: LedgerScope) => createHash("sha256").update(sessionId).digest("hex").slice(0, 16);

/** SQLITE_BUSY. */
const isBusy = (thrown: unknown) =>
  thrown instanceof Error && "errcode" in thrown && (Number(thrown.errcode) & 0xff) === 5;

/**
 * Holds a session for this run. The lock is SQLite's own on an empty file, so the operating system lets go of it whatever
 * way the process ends.
 */
export const lockSession = (path: string, scope: LedgerScope): (() => void) => {
  if (path === ":memory:") return () => undefined;
  const file = `${path}-${nameOf(scope)}.lock`;
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    lock.close();
    if (!isBusy(cause)) {
      const message = `The lock of this ledger, ${file}, cannot be used: delete that file and try again.`;
      throw new LedgerFailed({ message, cause });
    }
    throw new LedgerFailed({
      message: "Another upload into this session is running with the same ledger: wait until it has ended.",
      isBusy: true,
      cause
    });
  }
  return () => lock.close();
};
