import type { Deduplicator } from "./deduplicator.ts";
import { identityHash } from "./identity-hash.ts";
import type { IncomingDatum } from "./incoming-datum.ts";
import { insertStep } from "./insert-step.ts";

/** Drops what is stored already in the data set, told by identity; of equal ones in a request the last is kept. */
export const dropHash: Deduplicator = {
  name: "org.tidepool.deduplicator.dataset.drop.hash",
  version: "1.0.0",
  aliases: [],
  async add(work) {
    const { store, dataSet } = work;
    const lastOf = new Map<string, IncomingDatum>();
    for (const incoming of work.datums) {
      lastOf.set(await identityHash(dataSet.userId, dataSet.uploadId, incoming), incoming);
    }
    const known = store.findActive(dataSet.uploadId, { by: "hash", values: [...lastOf.keys()] });
    for (const { hash } of known) if (hash !== undefined) lastOf.delete(hash);
    const hashes = new Map([...lastOf].map(([hash, incoming]) => [incoming, hash]));
    return [insertStep({ ...work, datums: work.datums.filter((incoming) => hashes.has(incoming)) }, hashes)];
  },
  remove: (store, { uploadId }, selection) => store.removeDatums(uploadId, selection)
};
