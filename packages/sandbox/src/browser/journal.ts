import type { Store } from "../store/store.ts";

/** Methods of a store that change it; given the same again in the same order, they lead to the same. */
const changing = [
  "insertDataSet",
  "updateDataSet",
  "removeDataSet",
  "insertDatums",
  "markDatums",
  "destroyMarked",
  "archiveDatums",
  "removeDatums",
  "activateDatums",
  "archiveByHashes",
  "unarchiveByHashes",
  "removeDeviceDatums",
  "putUser",
  "putToken",
  "removeToken",
  "removeTokenFamily",
  "putSetting"
] as const satisfies ReadonlyArray<keyof Store>;

/** One change of a store: which method, and what it was given. */
export interface Change {
  readonly method: (typeof changing)[number];
  readonly given: ReadonlyArray<unknown>;
}

/** A store that writes down what changes it. */
export interface Journal {
  readonly store: Store;
  /** The changes since this was asked last. */
  take(): ReadonlyArray<Change>;
  /** Makes changes that were written down before, without writing them down again. */
  replay(changes: Iterable<Change>): void;
}

type Method = (...given: ReadonlyArray<unknown>) => unknown;

/** Has a store write down what changes it. */
export const journalOf = (store: Store): Journal => {
  let changes: Array<Change> = [];
  const methods = store as unknown as Readonly<Record<string, Method>>;
  const written = Object.fromEntries(
    changing.map((method) => [
      method,
      (...given: ReadonlyArray<unknown>): unknown => {
        changes.push({ method, given });
        return methods[method]?.(...given);
      }
    ])
  );
  return {
    store: { ...store, ...written } as Store,
    take() {
      const taken = changes;
      changes = [];
      return taken;
    },
    replay(changes) {
      for (const { method, given } of changes) methods[method]?.(...given);
    }
  };
};
