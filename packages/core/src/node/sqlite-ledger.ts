import { LedgerFailed } from "../client-error.ts";
import type { Ledger, LedgerScope, SessionLedger } from "../ledger.ts";
import { isDamage } from "./damage.ts";
import { lockSession } from "./session-lock.ts";
import { openDatabase, putAside } from "./sqlite-database.ts";
import { SqliteSession } from "./sqlite-session.ts";

/** Where and how a ledger is kept. */
export interface SqliteLedgerOptions {
  /** Wall clock in milliseconds, to name a damaged file that was put aside. Default: the machine's. */
  readonly now?: () => number;
  /** Hears where a damaged file was put: all that it knew is sent again. Default: nobody does. */
  readonly onPutAside?: (path: string) => void;
}

/** `onClose` hears whether damage was found. */
const view = (session: SqliteSession, path: string, onClose: (isDamaged: boolean) => void): SessionLedger => {
  let isDamaged = false;
  const tell = async <A>(work: () => A): Promise<A> => {
    try {
      return work();
    } catch (cause) {
      if (!isDamage(cause)) throw cause;
      isDamaged = true;
      const message = `The ledger ${path} is damaged and is put aside: start again, and what it knew is sent again.`;
      throw new LedgerFailed({ message, cause });
    }
  };
  return {
    get: (originIds) => tell(() => session.get(originIds)),
    begin: (doubt, outdated) => tell(() => session.begin(doubt, outdated)),
    acknowledge: (entries) => tell(() => session.acknowledge(entries)),
    end: (chunk) => tell(() => session.end(chunk)),
    doubts: () => tell(() => session.doubts()),
    suspect: (entries, before) => tell(() => session.suspect(entries, before)),
    forget: (originIds) => tell(() => session.forget(originIds)),
    see: (originIds) => tell(() => session.see(originIds)),
    async *unseen() {
      const pages = session.unseen();
      for (;;) {
        const { done, value } = await tell(() => pages.next());
        if (done) return;
        yield value;
      }
    },
    close: async () => {
      try {
        await tell(() => session.close());
      } finally {
        onClose(isDamaged);
      }
    }
  };
};

/** Damage that SQLite itself does not notice is met here: then, too, a new file is begun. */
const openSession = (path: string, scope: LedgerScope, now: () => number, onPutAside: (path: string) => void) => {
  for (let isNew = false; ; isNew = true) {
    const database = openDatabase(path, now, onPutAside);
    try {
      return new SqliteSession(database, scope);
    } catch (cause) {
      database.close();
      if (isNew || !isDamage(cause)) throw cause;
      onPutAside(putAside(path, now));
    }
  }
};

/**
 * A ledger in one SQLite file, for any number of accounts, servers and sessions. Beside it lie SQLite's own files and an
 * empty lock file for each session, which ends with the process that holds it: a second run into the same session is
 * refused. A damaged file is put aside and a new one begun.
 */
export const createSqliteLedger = (
  path: string,
  { now = Date.now, onPutAside = () => undefined }: SqliteLedgerOptions = {}
): Ledger => ({
  place: async () => path,
  open: async (scope: LedgerScope) => {
    const release = lockSession(path, scope);
    try {
      return view(openSession(path, scope, now, onPutAside), path, (isDamaged) => {
        try {
          if (isDamaged) onPutAside(putAside(path, now));
        } finally {
          release();
        }
      });
    } catch (cause) {
      release();
      throw cause;
    }
  }
});
