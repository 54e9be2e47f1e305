/** What a request answers. */
export const answerOf = <A>(request: IDBRequest): Promise<A> =>
  new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result as A));
    request.addEventListener("error", () => reject(request.error));
  });

/** Resolves when a transaction is through. */
export const committed = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    const fail = () => reject(transaction.error);
    transaction.addEventListener("complete", () => resolve());
    transaction.addEventListener("abort", fail);
    transaction.addEventListener("error", fail);
  });

/** The database with its three stores, made where there is none. */
export const openStores = (factory: IDBFactory, name: string): Promise<IDBDatabase> => {
  const request = factory.open(name, 1);
  request.addEventListener("upgradeneeded", () => {
    request.result.createObjectStore("session");
    request.result.createObjectStore("datum", { keyPath: ["scope", "originId"] });
    request.result.createObjectStore("doubt", { keyPath: ["scope", "run", "chunk"] });
  });
  return answerOf<IDBDatabase>(request);
};
