import { type Instant, compareInstants, instantOf } from "@tideway/schemas";
import type { Deduplicator, Work } from "./deduplicator.ts";
import { replaceByOrigin } from "./delete-origin.ts";
import type { Members } from "./incoming-datum.ts";
import { originIdOf } from "./insert-step.ts";

const kept = new Set(["bolus", "food"]);

const originTime = (datum: Readonly<Record<string, unknown>>): Instant | undefined => {
  const origin = datum["origin"] as { readonly time?: string } | undefined;
  return origin?.time === undefined ? undefined : instantOf(origin.time);
};

const isNewer = (sent: Members, other: Instant | undefined): boolean => {
  const time = originTime(sent);
  return time !== undefined && (other === undefined || compareInstants(time, other) > 0);
};

const withoutOlder = (work: Work): Work => {
  const values = work.datums
    .filter(({ datum }) => kept.has(datum.type))
    .map(({ datum }) => originIdOf(datum))
    .filter((id) => id !== undefined);
  if (values.length === 0) return work;
  // The last of each id alone decides: of those that are stored, then of those that this request has kept so far.
  const last = new Map<string, Instant | undefined>();
  for (const { originId, json } of work.store.findActive(work.dataSet.uploadId, { by: "origin", values })) {
    last.set(originId ?? "", originTime(JSON.parse(json) as Record<string, unknown>));
  }
  const compared = new Set(values);
  const datums = work.datums.filter(({ datum }) => {
    const id = originIdOf(datum);
    if (id === undefined || !compared.has(id)) return true;
    if (last.has(id) && !isNewer(datum, last.get(id))) return false;
    last.set(id, originTime(datum));
    return true;
  });
  return { ...work, datums };
};

/**
 * As `deleteOrigin`, but a bolus or food that is there already, or came before in the same request, stays unless the new one's
 * `origin.time` is later.
 */
export const deleteOriginOlder: Deduplicator = {
  name: "org.tidepool.deduplicator.dataset.delete.origin.older",
  version: "1.0.0",
  aliases: [],
  add: (work) => replaceByOrigin(withoutOlder(work)),
  remove: (store, { uploadId }, selection) => store.archiveDatums(uploadId, selection)
};
