import type { Datum, DatumModel } from "@tideway/schemas";
import { canonical } from "../../prepare/canonical.ts";
import { hashText } from "../../prepare/hash.ts";

type Members = Readonly<Record<string, unknown>>;

/** Set or changed by the platform, or by other programs of it: no part of what was uploaded. */
const serverSet: ReadonlySet<string> = new Set([
  "id",
  "uploadId",
  "guid",
  "createdTime",
  "createdUserId",
  "modifiedTime",
  "modifiedUserId",
  "archivedTime",
  "archivedDatasetId",
  "deletedTime",
  "deletedUserId",
  "revision",
  "_active",
  "_deduplicator",
  "deduplicator"
]);

const links: ReadonlySet<string> = new Set(["bolus", "status"]);

/** A stored datum without what the platform sets itself: two that are equal in this are the same to a reader. */
export const comparableForm = (stored: Members): Members => {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(stored)) {
    if (serverSet.has(key) || value === undefined || value === null) continue;
    if (links.has(key) && typeof value === "string" && stored["type"] !== "deviceEvent") continue;
    if (key === "status" && typeof value === "string" && /^[\da-z]{32}$/u.test(value)) continue;
    kept[key] = value;
  }
  return kept;
};

export const printOf = (stored: Members): string => hashText(canonical(comparableForm(stored)));

/** What the session should hold of a datum, by origin id: itself, and what the platform splits off from it. */
export const expectedOf = (
  model: DatumModel,
  datum: Members
): ReadonlyArray<readonly [originId: string, stored: Members]> => {
  let count = 0;
  const newId = () => String(count++).padStart(32, "0");
  return model.normalize(datum as unknown as Datum, { newId }).map((stored) => {
    const { origin } = stored as unknown as { readonly origin: { readonly id: string } };
    return [origin.id, stored as unknown as Members] as const;
  });
};
