import type { DataSetRecord } from "../store/store.ts";
import { deactivateHash } from "./deactivate-hash.ts";
import type { Deduplicator } from "./deduplicator.ts";
import { deleteOriginOlder } from "./delete-origin-older.ts";
import { deleteOrigin } from "./delete-origin.ts";
import { dropHash } from "./drop-hash.ts";
import { none } from "./none.ts";
import { truncateDevice } from "./truncate-device.ts";

const inOrder: ReadonlyArray<Deduplicator> = [
  deactivateHash,
  truncateDevice,
  deleteOrigin,
  deleteOriginOlder,
  dropHash,
  none
];

/**
 * The deduplicator of a data set: by its name alone where it has one, else the first that suits a normal set by itself.
 * Undefined where the platform finds none and fails.
 */
export const chooseDeduplicator = (dataSet: DataSetRecord["body"]): Deduplicator | undefined => {
  const { name } = (dataSet["deduplicator"] ?? {}) as { readonly name?: string };
  if (name !== undefined) return inOrder.find((one) => one.name === name || one.aliases.includes(name));
  return dataSet["dataSetType"] === "normal" ? inOrder.find((one) => one.suits?.(dataSet)) : undefined;
};

/** The deduplicator an opened data set was given. */
export const deduplicatorOf = (dataSet: DataSetRecord): Deduplicator | undefined => {
  const { name } = (dataSet.body["deduplicator"] ?? {}) as { readonly name?: string };
  return inOrder.find((one) => one.name === name);
};
