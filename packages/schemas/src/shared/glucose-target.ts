import { type Range, outOfRange } from "../rule/number.ts";
import { missing, object, unwanted } from "../rule/object.ts";
import { type Fault, type Members, absent } from "../rule/rule.ts";
import type { Walk } from "../rule/walk.ts";
import { glucoseNumber, glucoseRange } from "./glucose.ts";

/** The four numbers that a target is made of; which of them go together is `judgeTarget`'s. */
export const targetParts = {
  target: glucoseNumber(),
  range: glucoseNumber(),
  low: glucoseNumber(),
  high: glucoseNumber()
};

/** The platform's cases of a glucose target; the first that fits decides about all four members. */
export function judgeTarget(members: Members, walk: Walk): void {
  const { target, range, low, high } = members as { readonly [key: string]: number | null | undefined };
  const unit = glucoseRange(walk.units);

  const judge = (key: string, value: number, allowed: Range | undefined): boolean => {
    const fault: Fault | undefined = outOfRange(value, allowed);
    if (fault !== undefined) walk.report(key, fault, value);
    return fault === undefined;
  };
  const forbid = (key: string): void => {
    if (!absent(members[key])) walk.report(key, unwanted, members[key]);
  };
  const between = (min: number, max: number): Range => ({ min, max });

  if (!absent(target) && !absent(range)) {
    const good = judge("target", target, unit);
    forbid("low");
    if (good && unit?.max !== undefined) judge("range", range, between(0, Math.min(target, unit.max - target)));
    forbid("high");
  } else if (!absent(target) && !absent(high)) {
    const good = judge("target", target, unit);
    forbid("low");
    if (good && unit?.max !== undefined) judge("high", high, between(target, unit.max));
  } else if (!absent(target)) {
    judge("target", target, unit);
    forbid("low");
  } else if (!absent(low) && !absent(high)) {
    const good = judge("low", low, unit);
    if (good && unit?.max !== undefined) judge("high", high, between(low, unit.max));
    forbid("range");
  } else if (!absent(low)) {
    judge("low", low, unit);
    walk.report("high", missing, undefined);
  } else {
    walk.report("target", missing, undefined);
  }
}

/** A glucose target: `target`, `target` and `range`, `target` and `high`, or `low` and `high`. */
export const glucoseTarget = object(targetParts, { judge: judgeTarget });
