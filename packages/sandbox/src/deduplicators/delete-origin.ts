import type { Step } from "../faults/step-barrier.ts";
import type { Deduplicator, Work } from "./deduplicator.ts";
import { insertStep, originIdOf } from "./insert-step.ts";

/**
 * Mark what carries one of the origin ids, insert everything, destroy what was marked. The origin id alone is the key:
 * not the type, not the time. Equal ids inside one request are all inserted.
 */
export const replaceByOrigin = (work: Work): ReadonlyArray<Step> => {
  const { store, dataSet } = work;
  const values = [...new Set(work.datums.map(({ datum }) => originIdOf(datum)))].filter((id) => id !== undefined);
  if (values.length === 0) return [insertStep(work)];
  return [
    { name: "mark", run: () => store.markDatums(dataSet.uploadId, { by: "origin", values }) },
    insertStep(work),
    { name: "destroy", run: () => store.destroyMarked(dataSet.uploadId, { by: "origin", values }) }
  ];
};

/** The later datum of an origin id replaces the earlier. */
export const deleteOrigin: Deduplicator = {
  name: "org.tidepool.deduplicator.dataset.delete.origin",
  version: "1.0.0",
  aliases: ["org.tidepool.continuous.origin"],
  add: replaceByOrigin,
  remove: (store, { uploadId }, selection) => store.archiveDatums(uploadId, selection)
};
