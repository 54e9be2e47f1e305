import type { Check, Issue } from "./issue.ts";
import { acceptsQuickly, checkBy, issuesOf } from "./kind.ts";
import { type Rule, absent } from "./rule/rule.ts";
import { Walk } from "./rule/walk.ts";

const fine: Check = { ok: true };

/** What is wrong with one datum by the rule of its model. */
export const checkWith = (rule: Rule, datum: unknown): Check => (absent(datum) ? fine : checkBy(rule, datum));

/** What is wrong with several datums that are sent together. */
export const checkBatchWith = (rule: Rule, datums: ReadonlyArray<unknown>): Check => {
  const suspects: Array<number> = [];
  for (const [index, datum] of datums.entries()) {
    if (!absent(datum) && !acceptsQuickly(rule, datum)) suspects.push(index);
  }
  const unread: Array<Issue> = [];
  const refused: Array<Issue> = [];
  for (const index of suspects) {
    const found = issuesOf(rule, datums[index], index, () => new Walk(true));
    if (found === undefined) continue;
    const into = found.phase === "parse" ? unread : refused;
    for (const issue of found.issues) into.push(issue);
  }
  if (unread.length > 0) return { ok: false, phase: "parse", issues: unread };
  return refused.length > 0 ? { ok: false, phase: "validate", issues: refused } : fine;
};
