import type { Item } from "../upload/item.ts";
import { Bisection } from "./bisection.ts";
import type { Search } from "./search.ts";

/** What to do with a chunk that the server refuses. */
export interface Isolation {
  readonly begin: (items: ReadonlyArray<Item>) => Search;
}

/** Pointers name the culprits; without usable ones the chunk is halved. */
export const defaultIsolation: Isolation = { begin: (items) => new Bisection(items) };
