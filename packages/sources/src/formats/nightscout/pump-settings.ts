import { type Fields, numberIn, textIn } from "./document.ts";
import { instantIn, insertedAt } from "./moment.ts";
import { scheduleIn, storesOf } from "./profiles.ts";

type Units = "mg/dL" | "mmol/L";
type Named = Record<string, unknown>;

const unitsNamed = (value: unknown): Units | undefined => {
  const text = textIn(value)?.toLowerCase() ?? "";
  if (text.startsWith("mmol")) return "mmol/L";
  return text.startsWith("mg") ? "mg/dL" : undefined;
};

/** Nobody is treated to 33 mg/dL, nor to 33 mmol/L. */
const border = 33.3;
/** The most that Tidepool takes for a sensitivity. */
const mostFall = { "mg/dL": 1000, "mmol/L": 55 };

/** The units of a profile's glucose, by name and by its targets; `undefined` where the two disagree, or neither tells. */
const unitsOf = (fields: Fields, stores: ReadonlyMap<string, Fields>): Units | undefined => {
  const named = unitsNamed([...stores.values()][0]?.["units"]) ?? unitsNamed(fields["units"]);
  const targets = [...stores.values()].flatMap((store) => scheduleIn(store["target_high"]) ?? []);
  const byTargets = targets.length === 0 ? named : targets.every(({ value }) => value < border) ? "mmol/L" : "mg/dL";
  return named === undefined || byTargets === named ? byTargets : undefined;
};

const targetsOf = (store: Fields): unknown => {
  const low = scheduleIn(store["target_low"]);
  const high = scheduleIn(store["target_high"]);
  if (!low || !high || low.length !== high.length) return undefined;
  const both = low.map(({ start, value }, at) => ({ start, low: value, high: high[at]! }));
  if (both.some(({ start, low, high }) => high.start !== start || high.value < low)) return undefined;
  return both.map(({ start, low, high }) => ({ start, low, high: high.value }));
};

/** A profile as `pumpSettings`, without its time. `told`: what of it was left out, and why. */
export const pumpSettingsOf = (fields: Fields, tell: (what: string) => void): Named => {
  const { active, stores } = storesOf(fields);
  const bg = unitsOf(fields, stores);
  if (bg === undefined) tell("targets and sensitivities of a profile whose units disagree with its values");
  const members: Record<"basalSchedules" | "carbRatios" | "bgTargets" | "insulinSensitivities", Named> = {
    basalSchedules: {},
    carbRatios: {},
    bgTargets: {},
    insulinSensitivities: {}
  };
  for (const [name, store] of stores) {
    const rates = scheduleIn(store["basal"])?.map(({ start, value }) => ({ start, rate: value }));
    const ratios = scheduleIn(store["carbratio"])?.map(({ start, value }) => ({ start, amount: value }));
    const factors = scheduleIn(store["sens"])?.map(({ start, value }) => ({ start, amount: value }));
    const targets = targetsOf(store);
    if (rates) members.basalSchedules[name] = rates;
    if (ratios) members.carbRatios[name] = ratios;
    const areFactors = factors?.every(({ amount }) => amount > 0 && amount <= mostFall[bg ?? "mg/dL"]);
    if (factors && bg && !areFactors) tell("sensitivities of a profile that its units do not allow");
    if (factors && bg && areFactors) members.insulinSensitivities[name] = factors;
    if (targets && bg) members.bgTargets[name] = targets;
  }
  const given = Object.entries(members).filter(([, schedules]) => Object.keys(schedules).length > 0);
  const hours = numberIn(stores.get(active)?.["dia"]);
  return {
    type: "pumpSettings",
    activeSchedule: active,
    ...Object.fromEntries(given),
    ...(hours !== undefined && hours > 0 && hours <= 24
      ? { insulinModel: { actionDuration: Math.round(hours * 3600) } }
      : {}),
    ...(bg === undefined ? {} : { units: { bg, carb: "grams", insulin: "Units" } })
  };
};

/** When a profile was set: where it holds since ever, when it was written. */
export const settingsInstant = (fields: Fields): number | undefined => {
  const { startDate } = fields;
  const isSinceEver = typeof startDate === "string" && startDate.startsWith("1970-");
  return (
    (isSinceEver ? undefined : instantIn(startDate)) ??
    instantIn(fields["created_at"]) ??
    instantIn(fields["mills"]) ??
    insertedAt(fields)
  );
};
