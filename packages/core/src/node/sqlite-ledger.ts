import type { Doubt, Ledger, LedgerScope, SessionLedger } from "../ledger.ts";
import { lockSession } from "./session-lock.ts";
import { openDatabase } from "./sqlite-database.ts";
import { SqliteSession } from "./sqlite-session.ts";

/** Where and how a ledger is kept. */
export interface SqliteLedgerOptions {
  /** Wall clock in milliseconds, to name a damaged file that was put aside. Default: the machine's. */
  readonly now?: () => number;
  /** Hears where a damaged file was put: all that it knew is sent again. Default: nobody does. */
  readonly onPutAside?: (path: string) => void;
}

const view = (session: SqliteSession, release: () => void): SessionLedger => ({
  get: async (originIds) => session.get(originIds),
  begin: async (doubt: Doubt, outdated) => session.begin(doubt, outdated),
  acknowledge: async (entries) => session.acknowledge(entries),
  end: async (chunk) => session.end(chunk),
  doubts: async () => session.doubts(),
  suspect: async (entries, before) => session.suspect(entries, before),
  forget: async (originIds) => session.forget(originIds),
  see: async (originIds) => session.see(originIds),
  async *unseen() {
    yield* session.unseen();
  },
  close: async () => {
    try {
      session.close();
    } finally {
      release();
    }
  }
});

/**
 * A ledger in one SQLite file, for any number of accounts, servers and sessions. Beside it lie SQLite's own files and an
 * empty lock file for each session, which ends with the process that holds it: a second run into the same session is
 * refused. A damaged file is put aside and a new one begun.
 */
export const createSqliteLedger = (path: string, { now = Date.now, onPutAside }: SqliteLedgerOptions = {}): Ledger => ({
  open: async (scope: LedgerScope) => {
    const release = lockSession(path, scope);
    try {
      return view(new SqliteSession(openDatabase(path, now, onPutAside), scope), release);
    } catch (cause) {
      release();
      throw cause;
    }
  }
});
