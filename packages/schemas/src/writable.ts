import { datumRule } from "./check.ts";
import { Walk } from "./rule/walk.ts";

/** A datum as it can be sent, and what had to be left out. */
export interface Writable {
  /** The same object where there was nothing to leave out. */
  readonly datum: unknown;
  /** JSON Pointers of the members left out, in the order of the datum. Members that are `null` are not among them. */
  readonly dropped: ReadonlyArray<string>;
}

/**
 * The datum without what the platform would ignore (unknown members, those that it sets itself) and without links that
 * it gives but does not take (`wizard.bolus`, `alarm.status`, `reservoirChange.status` as an id). Does not check it.
 */
export function writable(datum: unknown): Writable {
  const dropped: Array<string> = [];
  const walk = new Walk();
  let kept = datum;
  walk.run(() => {
    kept = datumRule.prune(datum, 0, { walk, drop: (key) => dropped.push(walk.pointerOf(key)) });
  });
  return { datum: kept, dropped };
}

/** JSON Pointers of the members that the platform would ignore. It never refuses a datum for them. */
export function droppedKeys(datum: unknown): ReadonlyArray<string> {
  return writable(datum).dropped;
}
