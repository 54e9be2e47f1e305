import type { SandboxOptions } from "../options.ts";
import { createSandbox, type Sandbox } from "../sandbox.ts";
import { createMemoryStore } from "../store/memory-store.ts";
import { JournalDatabase, deleteDatabase } from "./journal-database.ts";
import { journalOf } from "./journal.ts";
import { sharedTurn } from "./shared-turn.ts";

/** Where a sandbox of a page is kept, and what it is otherwise. */
export interface BrowserSandboxOptions extends Omit<SandboxOptions, "store"> {
  /** Name of the database, and of the lock. Default: `tideway-sandbox`. */
  readonly name?: string;
  /** Default: the browser's. */
  readonly indexedDB?: IDBFactory | undefined;
  /** Default: the browser's. */
  readonly locks?: LockManager | undefined;
}

/** A sandbox whose data outlive the page. */
export interface BrowserSandbox extends Sandbox {
  /** Why its data are gone with the page; undefined where they are kept. */
  readonly unkept: () => string | undefined;
  /** Deletes all that is kept. The sandbox is of no use after that: load the page anew. */
  erase(): Promise<void>;
}

/**
 * Makes a sandbox that is kept in IndexedDB and shared by the tabs of a site: a request is answered once its changes are kept, and
 * each tab first takes over what the others changed. It is in memory, too, as a whole. Where the browser stores nothing, it is
 * in memory alone.
 */
export const createBrowserSandbox = async ({
  name = "tideway-sandbox",
  indexedDB = globalThis.indexedDB,
  locks = globalThis.navigator?.locks,
  ...options
}: BrowserSandboxOptions = {}): Promise<BrowserSandbox> => {
  let trouble: string | undefined;
  let database: JournalDatabase | undefined;
  const journal = journalOf(createMemoryStore());
  const giveUp = (cause: unknown): void => {
    trouble = cause instanceof Error ? cause.message : String(cause);
    database?.close();
    database = undefined;
  };
  try {
    database = await JournalDatabase.open(indexedDB, name);
  } catch (cause) {
    giveUp(cause);
  }
  const takeOver = async (): Promise<void> => {
    try {
      for await (const changes of database?.unread() ?? []) journal.replay(changes);
    } catch (cause) {
      giveUp(cause);
    }
  };
  const keep = async (): Promise<void> => {
    const changes = journal.take();
    if (changes.length === 0) return;
    try {
      await database?.append(changes);
    } catch (cause) {
      giveUp(cause);
    }
  };
  const turns = sharedTurn(locks, name, takeOver);
  const inTurn = async <A>(work: () => Promise<A>): Promise<A> => {
    const leave = await turns.enter();
    try {
      return await work();
    } finally {
      // Also what a request did whose connection a fault has cut: the other tabs must not go on without it.
      await keep();
      leave();
    }
  };
  const sandbox = await inTurn(async () => createSandbox({ ...options, store: journal.store }));
  return {
    ...sandbox,
    unkept: () => trouble,
    fetch: (request, details) => inTurn(() => sandbox.fetch(request, details)),
    ready: () => inTurn(() => sandbox.ready()),
    async erase() {
      database?.close();
      database = undefined;
      await deleteDatabase(indexedDB, name);
    }
  };
};
