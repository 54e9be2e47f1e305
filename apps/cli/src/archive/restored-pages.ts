import { createHash } from "node:crypto";
import type { Entry } from "@tideway/core";
import { longestInOrigin } from "@tideway/schemas";
import { readTidepool, type TidepoolRecord, writableRecord } from "@tideway/sources";
import { bytesOf, filesOf, presentSets, recordsOf } from "./archived-lines.ts";
import type { Manifest } from "./manifest.ts";

/** 52 bits, exact as a number: two of a million ids are alike once in ten thousand archives, and that costs a longer id. */
const hashOf = (id: string): number => Number.parseInt(createHash("sha256").update(id).digest("hex").slice(0, 13), 16);

const originIdOf = ({ origin }: TidepoolRecord): string | undefined => {
  const { id } = (origin ?? {}) as { readonly id?: unknown };
  return typeof id === "string" ? id : undefined;
};

/** Origin ids that occur in more than one data set: in one session the second would replace the first. */
export const sharedIds = async (folder: string, manifest: Manifest): Promise<ReadonlySet<number>> => {
  const sets = presentSets(manifest);
  const shared = new Set<number>();
  if (sets.length < 2) return shared;
  const all = new Set<number>();
  for (const set of sets) {
    const own = new Set<number>();
    for await (const record of recordsOf(folder, filesOf(manifest, set))) {
      const id = originIdOf(writableRecord(record));
      if (id !== undefined) own.add(hashOf(id));
    }
    for (const id of own) (all.has(id) ? shared : all).add(id);
  }
  return shared;
};

type Members = Readonly<Record<string, unknown>>;

/** Another id, the same each time, for a datum whose id another data set has, too; with what is inside it. */
const renamed = (datum: Members, set: string, shared: ReadonlySet<number>): Members => {
  const copy: Record<string, unknown> = { ...datum };
  const id = originIdOf(datum);
  if (id !== undefined && shared.has(hashOf(id))) {
    const longer = `${id}@${set}`;
    const fitting =
      longer.length <= longestInOrigin ? longer : `hash:${createHash("sha256").update(longer).digest("hex")}`;
    copy["origin"] = { ...(datum["origin"] as object), id: fitting };
  }
  for (const name of ["bolus", "status"]) {
    const inside = copy[name];
    if (typeof inside === "object" && inside !== null) copy[name] = renamed(inside as Members, set, shared);
  }
  return copy;
};

/** The datums of an archive as they can be sent: without what the platform adds, and each with an id of its own. */
export const restoredPages = async function* (
  folder: string,
  manifest: Manifest,
  shared: ReadonlySet<number>
): AsyncGenerator<ReadonlyArray<Entry>> {
  const [, ...others] = presentSets(manifest);
  for (const set of presentSets(manifest)) {
    const isOther = others.includes(set);
    const files = filesOf(manifest, set);
    for await (const page of readTidepool(bytesOf(folder, files)).pages) {
      if (!isOther || shared.size === 0) yield page;
      else
        yield page.map((entry) =>
          "datum" in entry ? { ...entry, datum: renamed(entry.datum as Members, set, shared) } : entry
        );
    }
  }
};
