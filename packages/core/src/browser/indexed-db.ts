import * as Effect from "effect/Effect";
import { LedgerFailed } from "../contract/errors/client-error.ts";

/** What a request answers. */
export const answerOf = <A>(request: IDBRequest): Promise<A> =>
  new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result as A));
    request.addEventListener("error", () => reject(request.error));
  });

/** Resolves when a transaction is through. */
export const committed = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.addEventListener("complete", () => resolve());
    // An error of a request ends in this, too; without one the browser took the connection away.
    transaction.addEventListener("abort", () =>
      reject(transaction.error ?? new DOMException("The transaction was given up.", "AbortError"))
    );
  });

/** Raised with every change of the stores. */
const version = 2;

const makeStores = (database: IDBDatabase) => {
  // Of an earlier version, which knew sessions by more than their ids.
  for (const name of database.objectStoreNames) database.deleteObjectStore(name);
  database.createObjectStore("session");
  database.createObjectStore("sample");
  database.createObjectStore("datum", { keyPath: ["scope", "originId"] });
  database.createObjectStore("doubt", { keyPath: ["scope", "run", "chunk"] });
};

const reasons: Readonly<Record<string, string>> = {
  QuotaExceededError: "The browser's storage is full, or it grants this page none: free some, and start again.",
  SecurityError: "The browser lets this page store nothing: allow its cookies and site data, or do without a ledger.",
  VersionError: "The ledger in this browser was made by a newer version of this page: reload it."
};

/** What IndexedDB threw, in words. */
export const browserTrouble = (cause: unknown): LedgerFailed => {
  if (cause instanceof LedgerFailed) return cause;
  const name = cause instanceof Error || cause instanceof DOMException ? cause.name : "";
  const message =
    reasons[name] ??
    `The browser's storage (IndexedDB) failed (${cause instanceof Error || cause instanceof DOMException ? cause.message : String(cause)}): nothing is lost. Reload the page and start again.`;
  return new LedgerFailed({ message, cause });
};

/** The database with its stores, made where there is none; `LedgerFailed` where the browser does not answer within so many milliseconds. */
export const openStores = (factory: IDBFactory | undefined, name: string, deadline: number): Promise<IDBDatabase> => {
  if (!factory) {
    const message =
      "This browser has no storage for the ledger (IndexedDB), or none in this window: try another kind of window, or do without a ledger.";
    return Promise.reject(new LedgerFailed({ message }));
  }
  let isGivenUp = false;
  const open = async () => {
    const request = factory.open(name, version);
    request.addEventListener("upgradeneeded", () => makeStores(request.result));
    const database = await answerOf<IDBDatabase>(request);
    if (isGivenUp) database.close();
    return database;
  };
  const silence = Effect.flatMap(Effect.sleep(deadline), () => {
    isGivenUp = true;
    const message = `The browser's storage (IndexedDB) did not open within ${deadline / 1000} s: close other tabs of this site, or restart the browser, and try again.`;
    return Effect.fail(new LedgerFailed({ message }));
  });
  return Effect.runPromise(Effect.raceFirst(Effect.tryPromise({ try: open, catch: browserTrouble }), silence));
};
