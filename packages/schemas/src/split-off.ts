import type { Datum } from "./datum.ts";
import { type Directory, findIn } from "./discriminate.ts";
import { type Members, absent } from "./rule/rule.ts";

/** A datum inside a datum, and where. */
export interface Embedded {
  readonly pointer: string;
  readonly datum: Datum;
}

const none: ReadonlyArray<Embedded> = [];

/** The datums that the platform will split off, by the directory of their model. */
export const embeddedWith = (among: Directory, datum: unknown): ReadonlyArray<Embedded> => {
  const member = findIn(among, datum)?.embeds;
  if (member === undefined) return none;
  const inner = (datum as Members)[member];
  if (absent(inner) || typeof inner !== "object") return none;
  return [{ pointer: `/${member}`, datum: inner as Datum }];
};
