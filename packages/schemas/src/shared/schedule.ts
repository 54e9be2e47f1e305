import type * as z from "zod/mini";
import { arrayRule, array } from "../rule/array.ts";
import { int, number, outOfRange } from "../rule/number.ts";
import { missing, object } from "../rule/object.ts";
import { type Fault, type Members, type Part, absent, required } from "../rule/rule.ts";
import type { Walk } from "../rule/walk.ts";
import { judgeTarget, targetParts } from "./glucose-target.ts";
import { glucoseValue } from "./glucose.ts";
import { milliseconds, unitsPerHour } from "./units.ts";

/** A day in milliseconds. */
const day = 86_400_000;
const mustBeZero: Fault = { code: "value-out-of-range", text: "must be 0, as in the first element" };

/** Milliseconds of the day from which an element holds; the walk knows the least that is allowed here. */
const judgeStart = (members: Members, walk: Walk): void => {
  const start = members["start"] as number | null | undefined;
  const { floor } = walk;
  if (!absent(start)) {
    const fault = floor === 0 ? (start === 0 ? undefined : mustBeZero) : outOfRange(start, { min: floor, max: day });
    if (fault !== undefined) walk.report("start", fault, start);
  }
  // A start that was refused counts all the same, except the first element's. So -1 makes the next one have to be 0.
  if (walk.key === 0) walk.floor = 1;
  else if (!absent(start)) walk.floor = start + 1;
};

/** Elements that each hold from their `start` on, the first from 0, each later than the one before. */
const schedule = <Z extends z.ZodMiniType>(element: Part<Z>): Part<z.ZodMiniArray<Z>> => {
  const rule = arrayRule(element.rule, { empty: true });
  return {
    zod: array(element, { empty: true }).zod,
    rule: {
      ...rule,
      accepts(value, parent, walk) {
        walk.floor = 0;
        return rule.accepts(value, parent, walk);
      },
      validate(value, key, parent, walk) {
        walk.floor = 0;
        rule.validate(value, key, parent, walk);
      }
    }
  };
};

const start = required(milliseconds(int()));

export const basalSchedule = schedule(
  object({ rate: required(unitsPerHour(number({ min: 0, max: 100 }))), start }, { also: judgeStart })
);
export const carbRatioSchedule = schedule(
  object({ amount: required(number({ min: 0, max: 250 })), start }, { also: judgeStart })
);
export const sensitivitySchedule = schedule(
  object({ amount: required(glucoseValue({})), start }, { also: judgeStart })
);
export const targetSchedule = schedule(
  object(
    { ...targetParts, start },
    {
      judge(members, walk) {
        judgeTarget(members, walk);
        if (absent(members["start"])) walk.report("start", missing, undefined);
        judgeStart(members, walk);
      }
    }
  )
);
