import type { RowFault } from "../row-fault.ts";
import {
  beyondRange,
  type Glucose,
  glucoseRules,
  type GlucoseUnits,
  outOfRangeWord,
  readGlucose,
  unitsIn
} from "../values/glucose.ts";
import { type DecimalMark, readNumber } from "../values/read-number.ts";
import type { PlacedRule } from "./mapped-columns.ts";
import type { BolusRule, GlucoseRule, InsulinRule } from "./mapping.ts";

/** One thing that a row says. */
export type MappedRecord =
  | { readonly kind: "cbg" | "smbg" | "calibration"; readonly glucose: Glucose; readonly subType?: string }
  | { readonly kind: "ketone" | "exercise" | "food"; readonly amount: number }
  | {
      readonly kind: "insulin";
      readonly acting: InsulinRule["acting"];
      readonly amount: number;
      readonly parts?: { readonly food: number; readonly correction: number };
    }
  | {
      readonly kind: "bolus";
      readonly automated: boolean;
      readonly amount?: number;
      readonly extended?: { readonly amount: number; readonly duration: number };
    };

/** A fault of a row; `implausible`: a number that no device measures in these units. */
export type MappedFault = RowFault & { readonly implausible?: number };

/** What a rule makes of a row. */
export type MappedContent =
  | { readonly record: MappedRecord }
  | { readonly fault: MappedFault }
  | { readonly notMapped: string }
  | undefined;

/** How the numbers of a table are written. */
export interface MappedWriting {
  readonly decimal: DecimalMark | undefined;
  /** Of glucose whose units neither a rule nor a heading names, or whose heading is wrong. */
  readonly units: GlucoseUnits | undefined;
  readonly unitsAreGiven: boolean;
}

/** The most that Tidepool takes of each. */
const most = { ketone: 10, exercise: 10_080, food: 1000, insulin: 250, bolus: 100 } as const;
const names = {
  ketone: "ketones in mmol/L",
  exercise: "minutes",
  food: "carbohydrates in grams",
  insulin: "units of insulin",
  bolus: "units of insulin"
} as const;

/** The units of a rule's glucose, by the rule, by a cell, or by the heading. */
export const unitsOf = (
  { rule, units, heading }: PlacedRule,
  cells: ReadonlyArray<string>
): GlucoseUnits | undefined => {
  if (units !== undefined) return unitsIn(cells[units] ?? "");
  return "units" in rule && typeof rule.units === "string" ? rule.units : unitsIn(heading);
};

const text = (cells: ReadonlyArray<string>, place: number | undefined): string =>
  place === undefined ? "" : (cells[place] ?? "").trim();

const glucoseOf = (
  placed: PlacedRule,
  rule: GlucoseRule,
  cells: ReadonlyArray<string>,
  writing: MappedWriting
): MappedContent => {
  const cell = text(cells, placed.amounts[0]);
  if (cell === "") return undefined;
  const column = placed.heading;
  const stated = unitsOf(placed, cells);
  const units = writing.unitsAreGiven ? writing.units : (stated ?? writing.units);
  if (units === undefined) {
    return { fault: { code: "no-units", message: "Nothing says the units of this glucose.", column } };
  }
  const { kind, range, subType, clamps = false } = rule;
  const side = outOfRangeWord(cell);
  if (side && !range) {
    const message = `It is a word for beyond what the device measures, and the mapping does not say what that is: give the rule a range, as in "range": { "low": 20, "high": 600 }.`;
    return { fault: { code: "no-range", message, column } };
  }
  const read = side
    ? beyondRange(side, range!, units)
    : readGlucose(cell, {
        units,
        range: range ?? { low: 0, high: 1000 },
        decimal: writing.decimal,
        clamps: clamps && range !== undefined
      });
  if (typeof read !== "string")
    return { record: { kind, glucose: read, ...(subType === undefined ? {} : { subType }) } };
  const implausible = read === "implausible" ? { implausible: readNumber(cell, writing.decimal)! } : {};
  return { fault: { code: `glucose-${read}`, message: glucoseRules[read], column, ...implausible } };
};

/** Reads amounts of a row for one rule; what is no number is told. */
class Amounts {
  fault: MappedFault | undefined;
  private readonly cells: ReadonlyArray<string>;
  private readonly kind: keyof typeof most;
  private readonly decimal: DecimalMark | undefined;
  private readonly column: string;

  constructor(cells: ReadonlyArray<string>, kind: keyof typeof most, decimal: DecimalMark | undefined, column: string) {
    this.cells = cells;
    this.kind = kind;
    this.decimal = decimal;
    this.column = column;
  }

  at(place: number | undefined, highest: number = most[this.kind]): number | undefined {
    const value = readNumber(text(this.cells, place), this.decimal);
    if (value === undefined || (value >= 0 && value <= highest)) return value;
    this.fault = {
      code: "bad-amount",
      message: `It is not a number from 0 to ${highest} of ${names[this.kind]}.`,
      column: this.column
    };
    return undefined;
  }

  sum(places: ReadonlyArray<number>): number | undefined {
    const values = places.map((place) => this.at(place)).filter((value) => value !== undefined);
    return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0);
  }
}

const partsOf = (
  { food, correction }: PlacedRule,
  amount: number,
  amounts: Amounts
): { readonly parts?: { readonly food: number; readonly correction: number } } => {
  const [forFood, forCorrection] = [amounts.at(food), amounts.at(correction)];
  if (forFood === undefined && forCorrection === undefined) return {};
  const parts = { food: forFood ?? 0, correction: forCorrection ?? 0 };
  return Math.abs(parts.food + parts.correction - amount) < 0.005 ? { parts } : {};
};

const bolusOf = (placed: PlacedRule, rule: BolusRule, amount: number | undefined, amounts: Amounts): MappedContent => {
  const extended = amounts.at(placed.extended);
  const minutes = extended === undefined ? undefined : amounts.at(placed.minutes, 1440);
  if (amount === undefined && extended === undefined) return undefined;
  const record = { kind: "bolus", automated: rule.automated === true } as const;
  if (extended === undefined || (extended === 0 && minutes === undefined)) {
    return { record: { ...record, amount: amount ?? 0 } };
  }
  if (minutes === undefined) {
    const message = "There is no duration for the extended part of the bolus.";
    return { fault: { code: "no-duration", message, column: placed.heading } };
  }
  const part = { amount: extended, duration: minutes * 60_000 };
  return { record: { ...record, ...(amount === undefined ? {} : { amount }), extended: part } };
};

/** What one rule makes of a row; nothing where the row is not meant, or its cell is empty. */
export const mappedContent = (
  placed: PlacedRule,
  cells: ReadonlyArray<string>,
  writing: MappedWriting
): MappedContent => {
  const { rule, heading } = placed;
  if (!placed.conditions.every((holds) => holds(cells))) return undefined;
  if (rule.kind === "cbg" || rule.kind === "smbg" || rule.kind === "calibration")
    return glucoseOf(placed, rule, cells, writing);
  if (rule.kind === "ignore") {
    const isThere = placed.amounts.some((place) => {
      const cell = text(cells, place);
      return cell !== "" && !(rule.zeroIsBlank === true && readNumber(cell, writing.decimal) === 0);
    });
    return isThere ? { notMapped: rule.as } : undefined;
  }
  const amounts = new Amounts(cells, rule.kind, writing.decimal, heading);
  const read = amounts.sum(placed.amounts);
  const amount = read === 0 && rule.zeroIsBlank === true ? undefined : read;
  const content = ((): MappedContent => {
    if (rule.kind === "bolus") return bolusOf(placed, rule, amount, amounts);
    if (amount === undefined) return undefined;
    if (rule.kind === "insulin")
      return { record: { kind: "insulin", acting: rule.acting, amount, ...partsOf(placed, amount, amounts) } };
    return {
      record: { kind: rule.kind, amount: rule.kind === "food" ? amount * (rule.gramsPerUnit ?? 1) : amount }
    };
  })();
  // Half a row would be a wrong record: an amount without its other part.
  return amounts.fault ? { fault: amounts.fault } : content;
};
