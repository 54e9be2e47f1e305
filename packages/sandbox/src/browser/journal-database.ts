import type { Change } from "./journal.ts";

const storeName = "changes";
const pageSize = 64;

/** What a request answers. */
const answerOf = <A>(request: IDBRequest<A>): Promise<A> =>
  new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("IndexedDB failed.")));
  });

/** Changes of a sandbox's store in IndexedDB, in the order in which they were made. */
export class JournalDatabase {
  readonly #database: IDBDatabase;
  #last = 0;

  private constructor(database: IDBDatabase) {
    this.#database = database;
    // Another tab erases it, and waits until nobody has it open.
    database.addEventListener("versionchange", () => database.close());
  }

  /** Opens the database, and makes it where there is none. Rejects with what the browser says where it stores nothing. */
  static async open(factory: IDBFactory, name: string): Promise<JournalDatabase> {
    const request = factory.open(name, 1);
    request.addEventListener("upgradeneeded", () =>
      request.result.createObjectStore(storeName, { autoIncrement: true })
    );
    return new JournalDatabase(await answerOf(request));
  }

  /** What was appended, by this tab or another, since this was asked last and not by `append`; some at a time. */
  async *unread(): AsyncGenerator<ReadonlyArray<Change>> {
    for (;;) {
      const changes = this.#database.transaction(storeName).objectStore(storeName);
      const range = IDBKeyRange.lowerBound(this.#last, true);
      const [keys, batches] = await Promise.all([
        answerOf(changes.getAllKeys(range, pageSize)),
        answerOf<Array<ReadonlyArray<Change>>>(changes.getAll(range, pageSize))
      ]);
      if (keys.length === 0) return;
      this.#last = Number(keys.at(-1));
      for (const batch of batches) yield batch;
    }
  }

  /** Keeps changes that were made after all that was read. */
  async append(batch: ReadonlyArray<Change>): Promise<void> {
    const transaction = this.#database.transaction(storeName, "readwrite");
    this.#last = Number(await answerOf(transaction.objectStore(storeName).add(batch)));
  }

  close(): void {
    this.#database.close();
  }
}

/** Deletes a database with all that is in it. */
export const deleteDatabase = async (factory: IDBFactory, name: string): Promise<void> => {
  await answerOf(factory.deleteDatabase(name));
};
