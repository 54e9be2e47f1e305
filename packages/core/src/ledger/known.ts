import type { Acknowledged } from "../contract/ledger.ts";

/** What the ledger says of some ids. */
export type Known = ReadonlyMap<string, Acknowledged>;

export const nothingKnown: Known = new Map();

/** The kind of the datum of its own that has this id; undefined where there is none, or it is not sure that there is. */
export const kindIn = (known: Known, id: string): string | undefined => {
  const kind = known.get(id)?.kind;
  return kind === "unknown" || kind === "inside" ? undefined : kind;
};

/** Whether what has this id goes with the datum that it was inside of: it is by now neither one of its own nor inside another. */
export const goesWith = (known: Known, id: string, parentId: string): boolean => {
  const entry = known.get(id);
  // What is not known was not written since, or by a version that kept no account of what is inside.
  if (!entry || entry.kind === "unknown") return true;
  return entry.kind === "inside" && entry.children.includes(parentId);
};
