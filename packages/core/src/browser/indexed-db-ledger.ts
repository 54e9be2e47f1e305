import { LedgerFailed } from "../client-error.ts";
import type { Acknowledged, Doubt, Ledger, LedgerScope, SessionLedger } from "../ledger.ts";
import { holdLock } from "./hold-lock.ts";
import { answerOf, committed, openStores } from "./indexed-db.ts";

/** Where a ledger is kept. */
export interface IndexedDbLedgerOptions {
  /** Name of the database. Default: `tideway-ledger`. */
  readonly name?: string;
  /** Default: the browser's. */
  readonly indexedDB?: IDBFactory;
  /** Default: the browser's. */
  readonly locks?: LockManager;
}

interface DatumRow extends Acknowledged {
  readonly scope: string;
  readonly run: number;
}

interface DoubtRow extends Doubt {
  readonly scope: string;
  readonly run: number;
}

const pageSize = 1000;

/** One session's rows, by one tab. */
class IndexedDbSession implements SessionLedger {
  private readonly database: IDBDatabase;
  private readonly scope: string;
  private readonly run: number;
  private readonly release: () => void;

  constructor(database: IDBDatabase, scope: string, run: number, release: () => void) {
    this.database = database;
    this.scope = scope;
    this.run = run;
    this.release = release;
  }

  async get(originIds: ReadonlyArray<string>): Promise<ReadonlyMap<string, Acknowledged>> {
    const store = this.database.transaction("datum").objectStore("datum");
    const rows = await Promise.all(originIds.map((id) => answerOf<DatumRow | undefined>(store.get([this.scope, id]))));
    return new Map(rows.flatMap((row) => (row ? [[row.originId, row] as const] : [])));
  }

  begin(doubt: Doubt, outdated: ReadonlyArray<string>): Promise<void> {
    const { scope, run } = this;
    // That something is about to be overwritten must be known even if the power fails in the next moment.
    const durability = outdated.length > 0 ? "strict" : "relaxed";
    const transaction = this.database.transaction(["datum", "doubt"], "readwrite", { durability });
    this.change(transaction, outdated, { fingerprint: "" });
    transaction.objectStore("doubt").put({ scope, run, ...doubt } satisfies DoubtRow);
    return committed(transaction);
  }

  acknowledge(entries: ReadonlyArray<Acknowledged>): Promise<void> {
    const { scope, run } = this;
    const transaction = this.database.transaction("datum", "readwrite", { durability: "relaxed" });
    const store = transaction.objectStore("datum");
    for (const { originId, fingerprint, kind, children } of entries) {
      store.put({ scope, originId, fingerprint, kind, children, run } satisfies DatumRow);
    }
    return committed(transaction);
  }

  end(chunk: number): Promise<void> {
    const transaction = this.database.transaction("doubt", "readwrite", { durability: "relaxed" });
    transaction.objectStore("doubt").delete([this.scope, this.run, chunk]);
    return committed(transaction);
  }

  async doubts(): Promise<ReadonlyArray<Doubt>> {
    const store = this.database.transaction("doubt").objectStore("doubt");
    const rows = await answerOf<Array<DoubtRow>>(store.getAll(IDBKeyRange.bound([this.scope], [this.scope, []])));
    return rows.filter(({ run }) => run !== this.run);
  }

  async suspect(entries: ReadonlyArray<Acknowledged>, before: number): Promise<void> {
    const { scope } = this;
    const doubts = (await this.doubts()) as ReadonlyArray<DoubtRow>;
    const transaction = this.database.transaction(["datum", "doubt"], "readwrite", { durability: "strict" });
    const store = transaction.objectStore("datum");
    for (const { originId, kind, children } of entries) {
      const asked: IDBRequest<DatumRow | undefined> = store.get([scope, originId]);
      asked.addEventListener("success", () => {
        const known = asked.result ?? { scope, originId, fingerprint: "", kind, run: 0 };
        store.put({ ...known, children } satisfies DatumRow);
      });
    }
    for (const { run, chunk, begun } of doubts) {
      if (begun < before) transaction.objectStore("doubt").delete([scope, run, chunk]);
    }
    return committed(transaction);
  }

  forget(originIds: ReadonlyArray<string>): Promise<void> {
    const transaction = this.database.transaction("datum", "readwrite", { durability: "strict" });
    for (const id of originIds) transaction.objectStore("datum").delete([this.scope, id]);
    return committed(transaction);
  }

  see(originIds: ReadonlyArray<string>): Promise<void> {
    const transaction = this.database.transaction("datum", "readwrite", { durability: "relaxed" });
    this.change(transaction, originIds, { run: this.run });
    return committed(transaction);
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

  async *unseen(): AsyncGenerator<ReadonlyArray<Acknowledged>> {
    let after = "";
    for (;;) {
      const store = this.database.transaction("datum").objectStore("datum");
      const range = IDBKeyRange.bound([this.scope, after], [this.scope, []], true);
      const rows = await answerOf<Array<DatumRow>>(store.getAll(range, pageSize));
      const last = rows.at(-1);
      if (!last) return;
      after = last.originId;
      const unseen = rows.filter(({ run }) => run !== this.run);
      if (unseen.length > 0) yield unseen;
    }
  }

  async close(): Promise<void> {
    this.database.close();
    this.release();
  }
}

/** A ledger in the browser's IndexedDB, shared by all tabs of a site; only one tab at a time may upload into a session. */
export const createIndexedDbLedger = ({
  name = "tideway-ledger",
  indexedDB = globalThis.indexedDB,
  locks = globalThis.navigator?.locks
}: IndexedDbLedgerOptions = {}): Ledger => ({
  place: async () => `IndexedDB ${name}`,
  open: async ({ sessionId: scope }: LedgerScope) => {
    const release = await holdLock(locks, `${name} ${scope}`);
    if (!release) {
      const message = "Another tab is uploading into this session: wait until it has ended.";
      throw new LedgerFailed({ message, isBusy: true });
    }
    try {
      const database = await openStores(indexedDB, name);
      const transaction = database.transaction("session", "readwrite");
      const store = transaction.objectStore("session");
      const run = ((await answerOf<number | undefined>(store.get(scope))) ?? 0) + 1;
      store.put(run, scope);
      await committed(transaction);
      return new IndexedDbSession(database, scope, run, release);
    } catch (cause) {
      release();
      throw cause;
    }
  }
});
