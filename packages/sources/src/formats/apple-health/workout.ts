import { check } from "@tideway/schemas";
import type { HealthElement } from "./health-element.ts";
import { healthNumber } from "./health-number.ts";

/** A value with its units, as `physicalActivity` has it. */
export interface Measure {
  readonly value: number;
  readonly units: string;
}

/** What a workout becomes: members of a `physicalActivity`. */
export interface Workout {
  readonly activityType: string;
  readonly activityTypeOther?: string;
  readonly duration: Measure;
  readonly distance?: Measure;
  readonly energy?: Measure;
}

const durations: Readonly<Record<string, string>> = { min: "minutes", s: "seconds", sec: "seconds", hr: "hours" };
const distances: Readonly<Record<string, string>> = {
  km: "kilometers",
  mi: "miles",
  m: "meters",
  ft: "feet",
  yd: "yards"
};
/** A calorie with a capital C is a thousand of those without. */
const energies: Readonly<Record<string, string>> = {
  kcal: "kilocalories",
  Cal: "kilocalories",
  cal: "calories",
  kJ: "kilojoules",
  J: "joules"
};

const measure = (
  value: string | undefined,
  unit: string | undefined,
  units: Readonly<Record<string, string>>
): Measure | undefined => {
  const number = healthNumber(value);
  const named = unit === undefined || !Object.hasOwn(units, unit) ? undefined : units[unit];
  return number !== undefined && number >= 0 && named !== undefined ? { value: number, units: named } : undefined;
};

const isKnown = new Map<string, boolean>();

/** Whether Tidepool has an activity of that name. */
const knows = (activityType: string): boolean => {
  const known = isKnown.get(activityType);
  if (known !== undefined) return known;
  const { ok } = check({ type: "physicalActivity", time: "2020-01-01T00:00:00Z", activityType });
  if (isKnown.size < 1000) isKnown.set(activityType, ok);
  return ok;
};

const activity = (type: string): Pick<Workout, "activityType" | "activityTypeOther"> => {
  const name = type.replace(/^HKWorkoutActivityType/u, "");
  const activityType = `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
  if (knows(activityType)) return { activityType };
  const words = name.replaceAll(/(?<=[a-z])(?=[A-Z])/gu, " ").trim();
  return { activityType: "other", ...(words === "" || words.length > 100 ? {} : { activityTypeOther: words }) };
};

/** Distance or energy of 0 is what phones write where nothing was measured. */
const measured = (...choices: ReadonlyArray<Measure | undefined>): Measure | undefined =>
  choices.find((choice) => choice !== undefined && choice.value > 0);

/** A workout's activity, and how long, how far and with how much energy: from its attributes, or, since iOS 16, from its statistics. */
export const workoutOf = ({ attributes, statistics }: HealthElement, milliseconds: number): Workout => {
  const sum = (pattern: RegExp, units: Readonly<Record<string, string>>): Measure | undefined => {
    const found = statistics.find((entry) => pattern.test(entry.get("type") ?? ""));
    return found && measure(found.get("sum"), found.get("unit"), units);
  };
  const attribute = (name: string, unit: string, units: Readonly<Record<string, string>>): Measure | undefined =>
    measure(attributes.get(name), attributes.get(unit), units);

  const distance = measured(
    attribute("totalDistance", "totalDistanceUnit", distances),
    sum(/^HKQuantityTypeIdentifierDistance/u, distances)
  );
  const energy = measured(
    attribute("totalEnergyBurned", "totalEnergyBurnedUnit", energies),
    sum(/^HKQuantityTypeIdentifierActiveEnergyBurned$/u, energies)
  );
  return {
    ...activity(attributes.get("workoutActivityType") ?? ""),
    duration: attribute("duration", "durationUnit", durations) ?? { value: milliseconds / 1000, units: "seconds" },
    ...(distance ? { distance } : {}),
    ...(energy ? { energy } : {})
  };
};
