import type { Entry, Rejection } from "@tideway/core";
import { datumOf } from "../input/datum-of.ts";
import type { PagedSource } from "../input/paced.ts";
import type { RejectedRecord } from "./rejected-store.ts";

const recordOf = ({ at, kind, originId, by, code, message, issues }: Rejection, entry?: Entry): RejectedRecord => {
  const datum = entry === undefined ? undefined : datumOf(entry);
  const pointers = issues.map(({ pointer }) => pointer);
  return { at, kind, originId, by, code, message, pointers, ...(datum === undefined ? {} : { datum }) };
};

/**
 * The rejected records with the datums that they are about: the input is read once more for those. One that can be read only
 * once gives the reasons alone.
 */
export const rejectedEntries = async function* (
  source: PagedSource,
  rejections: ReadonlyArray<Rejection>
): AsyncGenerator<RejectedRecord> {
  if (typeof source !== "function") {
    for (const rejection of rejections) yield recordOf(rejection);
    return;
  }
  const waiting = new Map(rejections.map((rejection) => [rejection.index, rejection]));
  let index = 0;
  for await (const page of source().pages) {
    for (const entry of page) {
      const rejection = waiting.get(index);
      if (rejection !== undefined) yield recordOf(rejection, entry);
      waiting.delete(index);
      index++;
    }
    if (waiting.size === 0) return;
  }
};
