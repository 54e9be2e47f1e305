import { everyKind } from "./datum.ts";
import { findIn } from "./discriminate.ts";
import type { Check, Issue } from "./issue.ts";
import { acceptsQuickly, issuesOf } from "./kind.ts";
import { isObject } from "./rule/object.ts";
import { type Fault, type Rule, absent } from "./rule/rule.ts";
import { Walk } from "./rule/walk.ts";

const fine: Check = { ok: true };
const notObject: Fault = { code: "type-not-object", text: "must be an object" };

/** A datum of any kind. What is no such datum is a fault of the parse phase. */
export const datumRule: Rule = {
  accepts: (value, parent, walk) => findIn(everyKind, value)?.rule.accepts(value, parent, walk) === true,
  parse(value, key, walk) {
    if (!isObject(value)) return walk.report(key, notObject, value);
    const found = everyKind.find(value);
    if (found !== undefined) return found.rule.parse(value, key, walk);
    walk.enter(key);
    everyKind.explain(value, walk);
    walk.leave();
  },
  validate: (value, key, parent, walk) => findIn(everyKind, value)?.rule.validate(value, key, parent, walk),
  store: (value, parent, walk) => findIn(everyKind, value)?.rule.store(value, parent, walk),
  prune: (value, key, pruning) => findIn(everyKind, value)?.rule.prune(value, key, pruning) ?? value
};

/**
 * What is wrong with a datum, in the platform's codes and order: what it cannot read, or else what it refuses.
 *
 * Takes anything and never throws. `null` and `undefined` count as fine: the platform skips such elements. Pointers begin at
 * the datum.
 */
export function check(datum: unknown): Check {
  if (absent(datum) || acceptsQuickly(datumRule, datum)) return fine;
  const found = issuesOf(datumRule, datum, 0, () => new Walk());
  return found === undefined ? fine : { ok: false, ...found };
}

/**
 * What the platform answers to an upload of these datums: pointers begin with the datum's index, and faults of reading in any
 * datum hide the faults of judging in all of them.
 */
export function checkBatch(datums: ReadonlyArray<unknown>): Check {
  const suspects: Array<number> = [];
  for (const [index, datum] of datums.entries()) {
    if (!absent(datum) && !acceptsQuickly(datumRule, datum)) suspects.push(index);
  }
  const unread: Array<Issue> = [];
  const refused: Array<Issue> = [];
  for (const index of suspects) {
    const found = issuesOf(datumRule, datums[index], index, () => new Walk(true));
    if (found === undefined) continue;
    const into = found.phase === "parse" ? unread : refused;
    for (const issue of found.issues) into.push(issue);
  }
  if (unread.length > 0) return { ok: false, phase: "parse", issues: unread };
  return refused.length > 0 ? { ok: false, phase: "validate", issues: refused } : fine;
}
