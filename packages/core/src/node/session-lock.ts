import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { LedgerFailed } from "../client-error.ts";
import type { LedgerScope } from "../ledger.ts";

const nameOf = ({ server, userId, clientName, sessionId }: LedgerScope) =>
  createHash("sha256")
    .update(JSON.stringify([server, userId, clientName, sessionId]))
    .digest("hex")
    .slice(0, 16);

/**
 * Holds a session for this run. The lock is SQLite's own on an empty file, so the operating system lets go of it whatever
 * way the process ends.
 */
export const lockSession = (path: string, scope: LedgerScope): (() => void) => {
  if (path === ":memory:") return () => undefined;
  const lock = new DatabaseSync(`${path}-${nameOf(scope)}.lock`, { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    lock.close();
    throw new LedgerFailed({
      message: "Another upload into this session is running with the same ledger: wait until it has ended.",
      cause
    });
  }
  return () => lock.close();
};
