import type { Acknowledged, InDoubtWrite, Ledger, LedgerScope, Samples, SessionLedger } from "../contract/ledger.ts";
import { isDamage } from "./damage.ts";
import { ledgerErrorOf } from "./ledger-error.ts";
import { claimFile } from "./ledger-file.ts";
import { lockSession } from "./session-lock.ts";
import { identityOf, openDatabase, putAside } from "./sqlite-database.ts";
import { SqliteSession } from "./sqlite-session.ts";

/** Where and how a ledger is kept. */
export interface SqliteLedgerOptions {
  /** Wall clock in milliseconds, to name a damaged file that was put aside. Default: the machine's. */
  readonly now?: () => number;
  /** Called with the new path of a damaged file that was renamed: what it held is sent again. Default: not called. */
  readonly onPutAside?: (path: string) => void;
}

/** What a session's part needs to begin anew. */
interface Place {
  readonly path: string;
  readonly sessionId: string;
  readonly now: () => number;
  readonly onPutAside: (path: string) => void;
  readonly onDamage: (message: string) => void;
}

/**
 * One session's part of the file. Where damage comes to light, whenever that is, the file is put aside and the run goes on with
 * an empty one: what the file knew is sent again.
 */
class SqliteSessionLedger implements SessionLedger {
  private readonly place: Place;
  private readonly release: () => void;
  private session: SqliteSession;
  /** Which file it is, whatever it is called by now. */
  private identity = "";
  /** What was begun and has not ended: to be written down anew. */
  private readonly begun = new Map<number, InDoubtWrite>();

  constructor(place: Place, release: () => void) {
    this.place = place;
    this.release = release;
    this.session = this.open();
  }

  async get(originIds: ReadonlyArray<string>): Promise<ReadonlyMap<string, Acknowledged>> {
    return this.work((session) => session.get(originIds));
  }

  async begin(write: InDoubtWrite, outdated: ReadonlyArray<string>) {
    this.work((session) => session.begin(write, outdated));
    this.begun.set(write.chunk, write);
  }

  async acknowledge(entries: ReadonlyArray<Acknowledged>) {
    this.work((session) => session.acknowledge(entries));
  }

  async end(chunk: number) {
    this.work((session) => session.end(chunk));
    this.begun.delete(chunk);
  }

  async inDoubtWrites(): Promise<ReadonlyArray<InDoubtWrite>> {
    return this.work((session) => session.inDoubtWrites());
  }

  async suspect(entries: ReadonlyArray<Acknowledged>, before: number) {
    this.work((session) => session.suspect(entries, before));
  }

  async forget(originIds: ReadonlyArray<string>) {
    this.work((session) => session.forget(originIds));
  }

  async see(originIds: ReadonlyArray<string>) {
    this.work((session) => session.see(originIds));
  }

  async *unseen(): AsyncGenerator<ReadonlyArray<Acknowledged>> {
    const { session } = this;
    const pages = session.unseen();
    for (;;) {
      // Of what was put aside nothing is known any more.
      const page = this.work((current) => (current === session ? pages.next() : undefined));
      if (!page || page.done) return;
      yield page.value;
    }
  }

  async samples(): Promise<Samples> {
    return this.work((session) => session.samples());
  }

  async keepSamples(samples: Samples) {
    this.work((session) => session.keepSamples(samples));
  }

  async close() {
    try {
      this.work((session) => session.close());
    } finally {
      this.release();
    }
  }

  /** Does something with what is in the file; once more with an empty one, where the file is damaged. */
  private work<A>(step: (session: SqliteSession) => A): A {
    try {
      return step(this.session);
    } catch (cause) {
      if (!isDamage(cause)) throw ledgerErrorOf(this.place.path, cause);
    }
    try {
      this.session.abandon();
      this.putAside();
      this.session = this.open();
      for (const write of this.begun.values()) this.session.begin(write, []);
      return step(this.session);
    } catch (cause) {
      throw ledgerErrorOf(this.place.path, cause);
    }
  }

  /** Damage that SQLite itself does not notice may be met at once: then, too, a new file is begun. */
  private open(): SqliteSession {
    for (let isNew = false; ; isNew = true) {
      this.identity = identityOf(this.place.path);
      try {
        return this.openOnce();
      } catch (cause) {
        if (isNew || !isDamage(cause)) throw ledgerErrorOf(this.place.path, cause);
        this.putAside();
      }
    }
  }

  private openOnce(): SqliteSession {
    const { path, sessionId } = this.place;
    const database = openDatabase(path);
    try {
      return new SqliteSession(database, { sessionId });
    } catch (cause) {
      database.close();
      throw cause;
    }
  }

  private putAside() {
    const { path, now, onPutAside, onDamage } = this.place;
    try {
      const aside = putAside(path, this.identity, now);
      if (aside === undefined) return;
      onPutAside(aside);
      onDamage(`The ledger ${path} was damaged. It is ${aside} now, and what it knew is sent again.`);
    } catch (cause) {
      throw ledgerErrorOf(path, cause);
    }
  }
}

/**
 * A ledger in one SQLite file, for any number of accounts, servers and sessions. Beside it lie SQLite's own files and an
 * empty lock file for each session, which ends with the process that holds it: a second run into the same session is
 * refused. The file, and folders that are missing, are made for their owner only. A damaged ledger is put aside and a new one
 * begun; a file that is no ledger is left as it is, and refused. Rejects with a `LedgerFailed` that names the file.
 */
export const createSqliteLedger = (
  path: string,
  { now = Date.now, onPutAside = () => undefined }: SqliteLedgerOptions = {}
): Ledger => ({
  // Each in memory is one of its own.
  ...(path === ":memory:" ? {} : { place: async () => claimFile(path) }),
  open: async ({ sessionId }: LedgerScope, onDamage = () => undefined) => {
    const claimed = claimFile(path);
    const release = lockSession(claimed, sessionId);
    try {
      return new SqliteSessionLedger({ path: claimed, sessionId, now, onPutAside, onDamage }, release);
    } catch (cause) {
      release();
      throw cause;
    }
  }
});
