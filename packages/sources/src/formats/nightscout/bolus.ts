import { type Fields, numberIn, textIn } from "./document.ts";

type Members = Readonly<Record<string, unknown>>;

const rapid = /^(?:humalog|novolog|novorapid|apidra|fiasp|lyumjev|afrezza|admelog|aspart|lispro|glulisine)/iu;

const formulationOf = (fields: Fields): Members => {
  const brand = textIn(fields["insulinType"]);
  if (brand === undefined || brand.length > 100 || !rapid.test(brand)) return {};
  return { insulinFormulation: { simple: { actingType: "rapid", brand } } };
};

/** A bolus that an algorithm gave, by any of the ways in which apps say so. */
const isAutomated = ({ eventType, automatic, isSMB, type, bolus }: Fields): boolean =>
  eventType === "SMB" ||
  automatic === true ||
  isSMB === true ||
  type === "SMB" ||
  (typeof bolus === "object" && bolus !== null && (bolus as Fields)["isSMB"] === true);

const isByPen = ({ eventType, isExternal, bolus, isBasalInsulin }: Fields): boolean =>
  eventType === "External Insulin" ||
  isExternal === true ||
  isBasalInsulin === true ||
  (typeof bolus === "object" && bolus !== null && (bolus as Fields)["isExternal"] === true);

/** Floats of sums in units of insulin, without their last digits. */
const rounded = (units: number): number => Math.round(units * 1e6) / 1e6;

/**
 * The parts of a combo bolus. Nightscout's own form keeps all of it in `enteredinsulin`, the part given at once in `insulin`,
 * and the rate of the rest in `relative`; other apps put all of it in `insulin`.
 */
const combo = (fields: Fields, insulin: number): Members | undefined => {
  const now = numberIn(fields["splitNow"]);
  const later = numberIn(fields["splitExt"]) ?? (now === undefined ? undefined : 100 - now);
  const minutes = numberIn(fields["duration"]) ?? 0;
  if (later === undefined || !(later > 0) || minutes <= 0) return undefined;
  const entered = numberIn(fields["enteredinsulin"]);
  const relative = numberIn(fields["relative"]);
  let normal = (insulin * (100 - later)) / 100;
  let extended = (insulin * later) / 100;
  if (entered !== undefined && entered > 0) {
    normal = (entered * (100 - later)) / 100;
    extended = (entered * later) / 100;
  } else if (relative !== undefined && relative > 0) {
    normal = insulin;
    extended = (relative * minutes) / 60;
  }
  const parts = { duration: Math.round(minutes * 60_000), extended: rounded(extended) };
  return normal > 0
    ? { type: "bolus", subType: "dual/square", normal: rounded(normal), ...parts }
    : { type: "bolus", subType: "square", ...parts };
};

/**
 * The insulin of a treatment as a bolus, or as a dose by pen. `undefined`: none was given. What cannot be (less than
 * nothing) is left to the platform's rules, which refuse it.
 */
export const insulinOf = (fields: Fields): Members | undefined => {
  const insulin = numberIn(fields["insulin"]) ?? 0;
  const extended = numberIn(fields["enteredinsulin"]) ?? numberIn(fields["relative"]) ?? 0;
  const isCombo = fields["eventType"] === "Combo Bolus" && (insulin > 0 || extended > 0);
  const parts = isCombo ? combo(fields, insulin) : undefined;
  if (parts) return { ...parts, ...formulationOf(fields) };
  if (insulin === 0) return undefined;
  if (isByPen(fields)) return { type: "insulin", dose: { total: insulin, units: "Units" } };
  const programmed = numberIn(fields["programmed"]);
  const expected = programmed !== undefined && programmed > insulin ? { expectedNormal: programmed } : {};
  const subType = isAutomated(fields) ? "automated" : "normal";
  return { type: "bolus", subType, normal: insulin, ...expected, ...formulationOf(fields) };
};
