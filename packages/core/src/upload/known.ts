import type { Acknowledged } from "../ledger.ts";

/** What the ledger says of some ids. */
export type Known = ReadonlyMap<string, Acknowledged>;

export const nothingKnown: Known = new Map();

/** The kind of the datum of its own that has this id; undefined where there is none, or it is not sure that there is. */
export const kindIn = (known: Known, id: string): string | undefined => {
  const kind = known.get(id)?.kind;
  return kind === "unknown" ? undefined : kind;
};
