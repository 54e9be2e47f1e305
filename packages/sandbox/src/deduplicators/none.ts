import type { Deduplicator } from "./deduplicator.ts";
import { insertStep } from "./insert-step.ts";

/** Stores everything, however often it comes. */
export const none: Deduplicator = {
  name: "org.tidepool.deduplicator.none",
  version: "1.0.0",
  aliases: ["org.tidepool.continuous"],
  add: (work) => [insertStep(work)],
  remove: (store, { uploadId }, selection) => store.removeDatums(uploadId, selection)
};
