import type * as z from "zod/mini";
import { annotate } from "../rule/annotate.ts";
import { type Range, bool, int, outOfRange } from "../rule/number.ts";
import { object } from "../rule/object.ts";
import { type Fault, type Part, required } from "../rule/rule.ts";
import type { Walk } from "../rule/walk.ts";
import { glucoseNumber, isMgdl, isMmolL } from "./glucose.ts";

const minute = 60_000;
const every5 = (from: number, to: number): ReadonlyArray<number> =>
  Array.from({ length: (to - from) / 5 + 1 }, (_, index) => (from + index * 5) * minute);

/** What the devices offer, in milliseconds: how long a high or low alert keeps still. */
const levelSnoozes = [0, 15 * minute, ...every5(20, 240), ...[255, 270, 285, 300].map((minutes) => minutes * minute)];
/** The same for readings that stay away. */
const rangeSnoozes = [0, minute, ...every5(20, 240)];

const oneOfInts = (allowed: ReadonlyArray<number>): Part<z.ZodMiniNumber<number>> => {
  const set = new Set(allowed);
  const fault: Fault = { code: "value-not-allowed", text: "must be a snooze time that devices offer" };
  const { zod, rule } = int();
  return {
    zod: (z) =>
      zod(z).check(
        z.refine((value) => set.has(value)),
        annotate(z, { enum: allowed })
      ),
    rule: {
      ...rule,
      accepts: (value) => set.has(value as number),
      validate(value, key, _parent, walk) {
        if (!set.has(value as number)) walk.report(key, fault, value);
      }
    }
  };
};

/** A glucose number judged by the units of the settings that it stands in. */
const byUnits = (refused: (value: number, walk: Walk) => Fault | undefined): Part<z.ZodMiniNumber<number>> => {
  const { zod, rule } = glucoseNumber();
  return {
    zod,
    rule: {
      ...rule,
      accepts: (value, parent, walk) =>
        rule.accepts(value, parent, walk) && refused(value as number, walk) === undefined,
      validate(value, key, _parent, walk) {
        const fault = refused(value as number, walk);
        if (fault !== undefined) walk.report(key, fault, value);
      }
    }
  };
};

const levelAlert = (mgdl: Range, mmolL: Range) =>
  object(
    {
      enabled: required(bool()),
      level: required(glucoseNumber()),
      snooze: required(oneOfInts(levelSnoozes))
    },
    {
      // That the level is missing is told in its turn, that it is out of range only after everything else.
      also: ({ level }, walk) => {
        if (typeof level !== "number") return;
        const range = isMgdl(walk.units) ? mgdl : isMmolL(walk.units) ? mmolL : undefined;
        const fault = outOfRange(level, range);
        if (fault !== undefined) walk.report("level", fault, level);
      }
    }
  );

const rateAlert = (mgdl: ReadonlyArray<number>, mmolL: ReadonlyArray<number>) => {
  const fault = (allowed: ReadonlyArray<number>): Fault => ({
    code: "value-not-allowed",
    text: `must be ${allowed.join(" or ")}`
  });
  return object({
    enabled: required(bool()),
    rate: required(
      byUnits((value, { units }) => {
        const allowed = isMgdl(units) ? mgdl : isMmolL(units) ? mmolL : undefined;
        return allowed === undefined || allowed.includes(value) ? undefined : fault(allowed);
      })
    )
  });
};

const two = 0.111_014_959_820_910_67;
const three = 0.166_522_439_731_366_02;

/** The alerts that older devices report, in the units of the settings. */
export const olderAlerts = {
  highAlerts: levelAlert({ min: 100, max: 400 }, { min: 5.550_75, max: 22.202_99 }),
  lowAlerts: levelAlert({ min: 59, max: 150 }, { min: 3.274_94, max: 8.326_12 }),
  outOfRangeAlerts: object({ enabled: required(bool()), snooze: required(oneOfInts(rangeSnoozes)) }),
  rateOfChangeAlerts: object({
    fallRate: required(rateAlert([-3, -2], [-three, -two])),
    riseRate: required(rateAlert([2, 3], [two, three]))
  })
};
