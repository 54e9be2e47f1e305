import { type Datum, at } from "@tideway/schemas";
import { chooseTempBasal, scheduledAt } from "./basal-program.ts";
import { bolus, calculation, eaten, fingerstick, reading } from "./datums.ts";
import { insulinOnBoard, person, restingBody, stepBody, stepMinutes } from "./glucose-model.ts";
import { type Meal, planFingersticks, planMeals } from "./meals.ts";
import { createPumpTimeline } from "./pump-timeline.ts";
import { createSampleRandom } from "./random.ts";

/** Which sample data to make. */
export interface SampleOptions {
  /** Same seed, same datums. Default: `tideway`. */
  readonly seed?: string;
  /** Days of data, at least 1. Default: 90. */
  readonly days?: number;
  /** The instant after the last datum, RFC 3339. Default: 2026-11-01T00:00:00.000Z. */
  readonly end?: string;
  /** Where the person lives: an IANA zone name. Default: `America/New_York`. */
  readonly timezone?: string;
}

const minute = 60_000;
const step = stepMinutes * minute;

/** Pumps give insulin in steps of a twentieth of a unit. */
const dose = (units: number): number => Math.round(units * 20) / 20;

/**
 * Realistic data of an invented person with type 1 diabetes: CGM every five minutes with gaps, meals, boluses with and
 * without a calculation, basal with temporary rates, fingersticks. About 350 datums a day, in the order in which the
 * devices would tell them, each with an origin; always the same for the same options.
 */
export const sampleDatums = function* (options: SampleOptions = {}): Generator<Datum, void, void> {
  const { seed = "tideway", days = 90, end = "2026-11-01T00:00:00.000Z", timezone = "America/New_York" } = options;
  const random = createSampleRandom(seed);
  const pump = createPumpTimeline();
  const last = Date.parse(end);

  let body = restingBody;
  let previousGlucose = body.glucose;
  let date = "";
  let meals: ReadonlyArray<Meal> = [];
  let fingersticks: ReadonlyArray<number> = [];
  let rescuedAt = 0;
  let sensorError = 0;
  let sensorSilentUntil = 0;
  let scheduled = 0;
  let scheduleEnds = 0;
  let tempEnds: number | undefined;
  let boluses: Array<{ readonly at: number; readonly grams: number }> = [];

  for (let now = last - days * 24 * 60 * minute; now < last; now += step) {
    const moment = at(now, timezone);
    const today = moment.deviceTime.slice(0, 10);
    const minuteOfDay = 60 * Number(moment.deviceTime.slice(11, 13)) + Number(moment.deviceTime.slice(14, 16));
    const isNow = (planned: number) => planned >= minuteOfDay && planned < minuteOfDay + stepMinutes;
    const onBoard = insulinOnBoard(body);
    let grams = 0;
    let units = 0;

    if (today !== date) {
      date = today;
      meals = planMeals(random, new Date(today).getUTCDay() % 6 === 0);
      fingersticks = planFingersticks(random);
      scheduleEnds = 0;
      // A new sensor warms up for two hours.
      if (random.chance(0.1)) sensorSilentUntil = now + 120 * minute;
    }

    for (const meal of meals) {
      if (!isNow(meal.minute)) continue;
      grams += meal.grams;
      yield eaten(moment, meal);
      if (meal.bolusAfter === undefined) continue;
      const guessed = Math.max(5, Math.round(meal.grams * meal.guess));
      boluses.push({ at: now + meal.bolusAfter * minute, grams: guessed });
    }
    if (grams === 0 && body.glucose < 68 && now - rescuedAt > 25 * minute && random.chance(0.7)) {
      rescuedAt = now;
      grams += 15;
      yield eaten(moment, { name: "Glucose tablets", meal: "snack", grams: 15 });
    }

    const due = boluses.filter((planned) => planned.at <= now);
    boluses = boluses.filter((planned) => planned.at > now);
    if (due.length > 0) {
      const counted = due.reduce((sum, planned) => sum + planned.grams, 0);
      const correction = Math.max(0, (body.glucose - 115) / person.sensitivity - onBoard);
      units = Math.max(0.3, dose(counted / person.carbRatio + correction));
      yield calculation(moment, { grams: counted, glucose: body.glucose, onBoard, units });
    } else if (body.glucose > 230 && onBoard < 1 && random.chance(0.12)) {
      units = dose((0.8 * (body.glucose - 130)) / person.sensitivity);
      yield bolus(moment, units);
    }

    const trend = (body.glucose - previousGlucose) / stepMinutes;
    const newBlock = minuteOfDay >= scheduleEnds;
    if (newBlock) ({ rate: scheduled, endsAt: scheduleEnds } = scheduledAt(minuteOfDay));
    if (tempEnds === undefined || now >= tempEnds || newBlock) {
      const temp = chooseTempBasal(body.glucose, trend, onBoard);
      if (newBlock || temp !== undefined || tempEnds !== undefined) {
        yield* pump.begin(now, moment, scheduled, temp?.percent);
      }
      tempEnds = temp === undefined ? undefined : now + temp.minutes * minute;
    }

    if (fingersticks.some(isNow)) yield fingerstick(moment, random.normal(body.glucose, 6));
    sensorError = 0.85 * sensorError + random.normal(0, 2.5);
    if (random.chance(0.0012)) sensorSilentUntil = Math.max(sensorSilentUntil, now + random.between(3, 12) * step);
    if (now >= sensorSilentUntil) yield reading(moment, body.glucose + sensorError, trend);

    previousGlucose = body.glucose;
    body = stepBody(body, {
      grams,
      bolusUnits: units,
      extraBasalUnits: pump.extraUnits(),
      hour: minuteOfDay / 60,
      noise: random.normal(0, 1)
    });
  }
  yield* pump.begin(last, at(last, timezone), scheduled);
};
