import type { Rule } from "./rule/rule.ts";
import { Walk } from "./rule/walk.ts";

/** A datum as it can be sent, and what had to be left out. */
export interface Writable {
  /** The same object where there was nothing to leave out. */
  readonly datum: unknown;
  /** JSON Pointers of the members left out, in the order of the datum. Members that are `null` are not among them. */
  readonly dropped: ReadonlyArray<string>;
}

/** The datum without what its model does not know. */
export const writableWith = (rule: Rule, datum: unknown): Writable => {
  const dropped: Array<string> = [];
  const walk = new Walk();
  let kept = datum;
  walk.run(() => {
    kept = rule.prune(datum, 0, { walk, drop: (key) => dropped.push(walk.pointerOf(key)) });
  });
  return { datum: kept, dropped };
};
