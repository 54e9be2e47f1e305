import { LedgerFailed } from "../contract/errors/client-error.ts";
import type { Acknowledged, InDoubtWrite, Ledger, LedgerScope, Samples, SessionLedger } from "../contract/ledger.ts";
import { Connection } from "./connection.ts";
import { holdLock } from "./hold-lock.ts";
import { answerOf, committed } from "./indexed-db.ts";

/** Where a ledger is kept. */
export interface IndexedDbLedgerOptions {
  /** Name of the database. Default: `tideway-ledger`. */
  readonly name?: string;
  /** Default: the browser's. */
  readonly indexedDB?: IDBFactory;
  /** Default: the browser's. */
  readonly locks?: LockManager;
  /** How long the database may take to open, in milliseconds. Default: 10,000. */
  readonly openTimeout?: number;
}

interface DatumRow extends Acknowledged {
  readonly scope: string;
  readonly run: number;
}

interface InDoubtRow extends InDoubtWrite {
  readonly scope: string;
  readonly run: number;
}

const pageSize = 1000;

/** One session's rows, by one tab. */
class IndexedDbSession implements SessionLedger {
  private readonly connection: Connection;
  private readonly scope: string;
  private readonly run: number;
  private readonly release: () => void;

  constructor(connection: Connection, scope: string, run: number, release: () => void) {
    this.connection = connection;
    this.scope = scope;
    this.run = run;
    this.release = release;
  }

  get(originIds: ReadonlyArray<string>): Promise<ReadonlyMap<string, Acknowledged>> {
    return this.connection.use(async (database) => {
      const store = database.transaction("datum").objectStore("datum");
      const rows = await Promise.all(
        originIds.map((id) => answerOf<DatumRow | undefined>(store.get([this.scope, id])))
      );
      return new Map(rows.flatMap((row) => (row ? [[row.originId, row] as const] : [])));
    });
  }

  begin(write: InDoubtWrite, outdated: ReadonlyArray<string>): Promise<void> {
    const { scope, run } = this;
    // That something is about to be overwritten must be known even if the power fails in the next moment.
    return this.write(["datum", "doubt"], outdated.length > 0 ? "strict" : "relaxed", (transaction) => {
      this.change(transaction, outdated, { fingerprint: "" });
      transaction.objectStore("doubt").put({ scope, run, ...write } satisfies InDoubtRow);
    });
  }

  acknowledge(entries: ReadonlyArray<Acknowledged>): Promise<void> {
    const { scope, run } = this;
    return this.write(["datum"], "relaxed", (transaction) => {
      const store = transaction.objectStore("datum");
      for (const { originId, fingerprint, kind, children } of entries) {
        store.put({ scope, originId, fingerprint, kind, children, run } satisfies DatumRow);
      }
    });
  }

  end(chunk: number): Promise<void> {
    return this.write(["doubt"], "relaxed", (transaction) => {
      transaction.objectStore("doubt").delete([this.scope, this.run, chunk]);
    });
  }

  async inDoubtWrites(): Promise<ReadonlyArray<InDoubtRow>> {
    const rows = await this.connection.use((database) => {
      const store = database.transaction("doubt").objectStore("doubt");
      return answerOf<Array<InDoubtRow>>(store.getAll(IDBKeyRange.bound([this.scope], [this.scope, []])));
    });
    return rows.filter(({ run }) => run !== this.run);
  }

  async suspect(entries: ReadonlyArray<Acknowledged>, before: number): Promise<void> {
    const { scope } = this;
    const inDoubt = await this.inDoubtWrites();
    return this.write(["datum", "doubt"], "strict", (transaction) => {
      const store = transaction.objectStore("datum");
      for (const { originId, kind, children } of entries) {
        const asked: IDBRequest<DatumRow | undefined> = store.get([scope, originId]);
        asked.addEventListener("success", () => {
          const known = asked.result ?? { scope, originId, fingerprint: "", kind, run: 0 };
          store.put({ ...known, children } satisfies DatumRow);
        });
      }
      for (const { run, chunk, begun } of inDoubt) {
        if (begun < before) transaction.objectStore("doubt").delete([scope, run, chunk]);
      }
    });
  }

  forget(originIds: ReadonlyArray<string>): Promise<void> {
    return this.write(["datum"], "strict", (transaction) => {
      for (const id of originIds) transaction.objectStore("datum").delete([this.scope, id]);
    });
  }

  see(originIds: ReadonlyArray<string>): Promise<void> {
    return this.write(["datum"], "relaxed", (transaction) => this.change(transaction, originIds, { run: this.run }));
  }

  async *unseen(): AsyncGenerator<ReadonlyArray<Acknowledged>> {
    let after = "";
    for (;;) {
      const from = after;
      const rows = await this.connection.use((database) => {
        const store = database.transaction("datum").objectStore("datum");
        const range = IDBKeyRange.bound([this.scope, from], [this.scope, []], true);
        return answerOf<Array<DatumRow>>(store.getAll(range, pageSize));
      });
      const last = rows.at(-1);
      if (!last) return;
      after = last.originId;
      const unseen = rows.filter(({ run }) => run !== this.run);
      if (unseen.length > 0) yield unseen;
    }
  }

  async samples(): Promise<Samples> {
    const kept = await this.connection.use((database) =>
      answerOf<Samples | undefined>(database.transaction("sample").objectStore("sample").get(this.scope))
    );
    return kept ?? { datums: [], odd: [] };
  }

  keepSamples(samples: Samples): Promise<void> {
    return this.write(["sample"], "relaxed", (transaction) => {
      transaction.objectStore("sample").put(samples, this.scope);
    });
  }

  async close(): Promise<void> {
    try {
      await this.connection.close();
    } finally {
      this.release();
    }
  }

  /** Reads and writes in one transaction: what another one forgets in between must not come back. */
  private change(transaction: IDBTransaction, originIds: ReadonlyArray<string>, members: Partial<DatumRow>) {
    const store = transaction.objectStore("datum");
    for (const id of originIds) {
      const asked: IDBRequest<DatumRow | undefined> = store.get([this.scope, id]);
      asked.addEventListener("success", () => {
        if (asked.result) store.put({ ...asked.result, ...members });
      });
    }
  }

  /** In one transaction, which may be done twice: what is put twice is there once. */
  private write(
    stores: ReadonlyArray<string>,
    durability: "strict" | "relaxed",
    work: (transaction: IDBTransaction) => void
  ): Promise<void> {
    return this.connection.use((database) => {
      const transaction = database.transaction([...stores], "readwrite", { durability });
      work(transaction);
      return committed(transaction);
    });
  }
}

/** The number of this run into a session. */
const beginRun = (connection: Connection, scope: string): Promise<number> =>
  connection.use(async (database) => {
    const transaction = database.transaction("session", "readwrite");
    const store = transaction.objectStore("session");
    const run = ((await answerOf<number | undefined>(store.get(scope))) ?? 0) + 1;
    store.put(run, scope);
    await committed(transaction);
    return run;
  });

/** The browser's, where it has one: some throw where a page may store nothing. */
const ownIndexedDb = (): IDBFactory | undefined => {
  try {
    return globalThis.indexedDB;
  } catch {
    return undefined;
  }
};

/**
 * A ledger in the browser's IndexedDB, shared by all tabs of a site; only one tab at a time may upload into a session. A connection
 * that the browser takes away is opened again. Rejects with a `LedgerFailed` where the browser has no IndexedDB, or it does not open
 * in time.
 */
export const createIndexedDbLedger = ({
  name = "tideway-ledger",
  indexedDB = ownIndexedDb(),
  locks = globalThis.navigator?.locks,
  openTimeout = 10_000
}: IndexedDbLedgerOptions = {}): Ledger => ({
  place: async () => `IndexedDB ${name}`,
  open: async ({ sessionId }: LedgerScope) => {
    const release = await holdLock(locks, `${name} ${sessionId}`);
    if (!release) {
      const message = "Another tab is uploading into this session: wait until it has ended.";
      throw new LedgerFailed({ message, isBusy: true });
    }
    const connection = new Connection(indexedDB, name, openTimeout);
    try {
      return new IndexedDbSession(connection, sessionId, await beginRun(connection, sessionId), release);
    } catch (cause) {
      await connection.close();
      release();
      throw cause;
    }
  }
});
