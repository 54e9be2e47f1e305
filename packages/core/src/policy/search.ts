import type { Issue } from "@tideway/schemas";
import type { Item } from "../upload/item.ts";

/** A datum that the server will not take, and why. */
export interface Culprit {
  readonly item: Item;
  readonly code: string;
  readonly issues: ReadonlyArray<Issue>;
}

/** The sending of one chunk, in as many requests as it takes until every datum of it is accepted or blamed. */
export interface Search {
  /** What to send next; undefined when nothing is left. */
  next(): ReadonlyArray<Item> | undefined;
  /** What was sent got a 200; returns the culprits that are known for certain by that, if any. */
  accepted(): ReadonlyArray<Culprit> | undefined;
  /** What was sent got a 400, `issues` pointing into it; returns the culprits found by that. */
  refused(issues: ReadonlyArray<Issue>): ReadonlyArray<Culprit>;
  /** What was sent got a 413; returns the datum that is too large by itself, if that is known. */
  tooLarge(): ReadonlyArray<Culprit>;
  /** What is neither accepted nor blamed, in order, where it has to be broken off. */
  remaining(): ReadonlyArray<Item>;
}
