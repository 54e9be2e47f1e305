/** One object store of an IndexedDB, in Promises. */
export interface Records {
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
  /** Replaces a value by what is made of it, with nobody in between; undefined leaves it as it is. */
  update(key: string, change: (value: unknown) => unknown): Promise<unknown>;
}

const table = "logins";

/** Opens the database, and makes it where it is missing. */
export const openRecords = async (name: string): Promise<Records> => {
  const opening = indexedDB.open(name, 1);
  opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore(table));
  const database = await settled(opening);
  const run = async <A>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<A>): Promise<A> => {
    // Strict: what was rotated is on the disk before it is used.
    const transaction = database.transaction(table, mode, { durability: "strict" });
    const request = work(transaction.objectStore(table));
    await new Promise<void>((resolve, reject) => {
      transaction.addEventListener("complete", () => resolve());
      transaction.addEventListener("abort", () =>
        reject(transaction.error ?? new Error("The transaction was aborted."))
      );
    });
    return request.result;
  };
  return {
    get: (key) => run("readonly", (store) => store.get(key) as IDBRequest<unknown>),
    put: async (key, value) => void (await run("readwrite", (store) => store.put(value, key))),
    remove: (key) => run("readwrite", (store) => store.delete(key)),
    update: async (key, change) => {
      let made: unknown;
      await run("readwrite", (store) => {
        const before = store.get(key) as IDBRequest<unknown>;
        before.addEventListener("success", () => {
          made = change(before.result);
          if (made !== undefined) store.put(made, key);
        });
        return before;
      });
      return made;
    }
  };
};

const settled = <A>(request: IDBRequest<A>) =>
  new Promise<A>((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("The database cannot be opened.")));
  });
