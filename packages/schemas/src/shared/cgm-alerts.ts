import type * as z from "zod/mini";
import { annotate } from "../rule/annotate.ts";
import { durationIn, rangeBy, rangesByUnits, unitsOf } from "../rule/measure.ts";
import { type Range, bool, number } from "../rule/number.ts";
import { object } from "../rule/object.ts";
import { type Part, absent, exactlyWhen, required } from "../rule/rule.ts";

type Ranges = { readonly [units: string]: Range };
const from = (min: number, max: number): Range => ({ min, max });

const snoozes = { hours: from(0, 10), minutes: from(0, 600), seconds: from(0, 36_000) };
const snooze = durationIn(snoozes);

const members = <const R extends Ranges>(ranges: R, measure: string) => ({
  enabled: required(bool()),
  snooze,
  units: exactlyWhen(`${measure} is given`, (alert) => !absent(alert[measure]), unitsOf(ranges))
});
// The platform judges the units before the measure, and reads them after it.
const options = (measure: string) => ({ readAfter: { units: measure } });
const within = <Z extends z.ZodMiniType>(part: Part<Z>, ranges: Ranges, measure: string): Part<Z> => ({
  ...part,
  zod: (z) => part.zod(z).check(annotate(z, { anyOf: rangesByUnits(ranges, measure) }))
});
const levelAlert = <const R extends Ranges>(ranges: R) =>
  within(object({ ...members(ranges, "level"), level: number(rangeBy(ranges)) }, options("level")), ranges, "level");
const rateAlert = <const R extends Ranges>(ranges: R) =>
  within(object({ ...members(ranges, "rate"), rate: number(rangeBy(ranges)) }, options("rate")), ranges, "rate");
const durationAlert = <const R extends Ranges>(ranges: R) =>
  within(
    object({ ...members(ranges, "duration"), duration: number(rangeBy(ranges)) }, options("duration")),
    ranges,
    "duration"
  );

const urgentLow = levelAlert({ "mg/dL": from(40, 80), "mmol/L": from(2.2203, 4.4406) });
const low = levelAlert({ "mg/dL": from(50, 150), "mmol/L": from(2.775_37, 8.326_12) });
const high = levelAlert({ "mg/dL": from(100, 400), "mmol/L": from(5.550_75, 22.202_99) });
const rate = rateAlert({ "mg/dL/minute": from(0, 10), "mmol/L/minute": from(0.055_51, 0.555_07) });
const silence = durationAlert({ hours: from(0, 6), minutes: from(0, 360), seconds: from(0, 21_600) });

/** The alerts of a glucose monitor, all together. Their units are their own, and are never converted. */
export const cgmAlerts = object({
  enabled: required(bool()),
  urgentLow,
  urgentLowPredicted: urgentLow,
  low,
  lowPredicted: low,
  high,
  highPredicted: high,
  fall: rate,
  rise: rate,
  noData: silence,
  outOfRange: silence
});
