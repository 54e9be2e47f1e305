import { type Range, outOfRange } from "../rule/number.ts";
import { missing, object, unwanted } from "../rule/object.ts";
import { type Fault, type Members, absent } from "../rule/rule.ts";
import type { Walk } from "../rule/walk.ts";
import { glucoseNumber, glucoseRange } from "./glucose.ts";

/** The four numbers that a target is made of; which of them go together is `judgeTarget`'s. */
export const targetParts = {
  high: glucoseNumber(),
  low: glucoseNumber(),
  range: glucoseNumber(),
  target: glucoseNumber()
};

type Verdict = Range | Fault | undefined;
type Verdicts = { readonly [member in keyof typeof targetParts]?: Verdict };

/** What may stand in each member, by the platform's cases of a target: the first that fits decides about all four. */
const verdicts = ({ high, low, range, target }: Members, unit: Range | undefined): Verdicts => {
  const max = unit?.max ?? Infinity;
  /** Bounds that depend on another member, unless that is itself out of range: then it alone is told. */
  const beside = (value: unknown, bounds: (value: number) => Range): Range | undefined =>
    unit !== undefined && outOfRange(value as number, unit) === undefined ? bounds(value as number) : undefined;
  const above = (value: unknown): Range | undefined => beside(value, (min) => ({ min, max }));

  if (!absent(target)) {
    if (!absent(range)) {
      const spread = beside(target, (center) => ({ min: 0, max: Math.min(center, max - center) }));
      return { high: unwanted, low: unwanted, range: spread, target: unit };
    }
    return { high: above(target), low: unwanted, target: unit };
  }
  if (!absent(low)) return absent(high) ? { high: missing } : { high: above(low), low: unit, range: unwanted };
  return { target: missing };
};

/** Tells what is wrong with the four members of the object that the walk is at. */
export const judgeTarget = (members: Members, walk: Walk): void => {
  const all = verdicts(members, glucoseRange(walk.units));
  for (const key of Object.keys(targetParts) as Array<keyof Verdicts>) {
    const [value, verdict] = [members[key], all[key]];
    if (verdict === undefined) continue;
    if (absent(value)) {
      if (verdict === missing) walk.report(key, missing, undefined);
    } else {
      const fault = "code" in verdict ? verdict : outOfRange(value as number, verdict);
      if (fault !== undefined) walk.report(key, fault, value);
    }
  }
};

/** A glucose target: `target`, `target` and `range`, `target` and `high`, or `low` and `high`. */
export const glucoseTarget = object(targetParts, { judge: judgeTarget });
