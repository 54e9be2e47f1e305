import type { RowFault } from "../../row-fault.ts";
import {
  type Glucose,
  type GlucoseFault,
  glucoseRules,
  type GlucoseUnits,
  outOfRangeWord,
  readGlucose
} from "../../values/glucose.ts";
import { type DecimalMark, readNumber } from "../../values/read-number.ts";
import { libreviewColumns } from "./libreview-columns.ts";

/** What the sensors measure, in mg/dL. */
const sensorRange = { low: 40, high: 500 };
/** What the strips of a reader measure. */
const stripRange = { low: 20, high: 500 };
/** The most that a ketone strip measures, in mmol/L. */
const mostKetone = 8;

/** One thing that a row says: a row may say several. */
export type LibreviewRecord =
  | { readonly kind: "historic" | "scan" | "strip"; readonly glucose: Glucose }
  | { readonly kind: "ketone"; readonly value: number; readonly isBeyond: boolean }
  | { readonly kind: "rapid"; readonly total: number; readonly food?: number; readonly correction?: number }
  | { readonly kind: "long"; readonly total: number }
  | { readonly kind: "food"; readonly grams: number };

/** What a row says, what of it is wrong, and what Tidepool has nothing for. */
export interface LibreviewContent {
  readonly records: ReadonlyArray<LibreviewRecord>;
  readonly faults: ReadonlyArray<RowFault & { readonly implausible?: number }>;
  readonly notMapped: ReadonlyArray<string>;
}

/** How the cells of a file are written. */
export interface LibreviewWriting {
  readonly names: ReadonlyArray<string>;
  readonly units: GlucoseUnits;
  readonly decimal: DecimalMark | undefined;
}

const glucoseKinds = { "0": "historic", "1": "scan", "2": "strip" } as const;

/** Understands the values of a row, whose record type says which glucose is meant; insulin and food may stand in any row. */
export const libreviewContent = (
  cells: ReadonlyArray<string>,
  { names, units, decimal }: LibreviewWriting
): LibreviewContent => {
  const records: Array<LibreviewRecord> = [];
  const faults: Array<RowFault & { readonly implausible?: number }> = [];
  const notMapped: Array<string> = [];
  const cell = (column: keyof typeof libreviewColumns): string => (cells[libreviewColumns[column]] ?? "").trim();
  const nameOf = (column: keyof typeof libreviewColumns): string => names[libreviewColumns[column]] ?? column;
  const type = cell("type");

  const glucose = (kind: "historic" | "scan" | "strip"): void => {
    const range = kind === "strip" ? stripRange : sensorRange;
    const text = cell(kind);
    const read: Glucose | GlucoseFault = readGlucose(text, { units, range, decimal, clamps: true });
    if (typeof read !== "string") {
      records.push({ kind, glucose: read });
      return;
    }
    const implausible = read === "implausible" ? { implausible: readNumber(text, decimal)! } : {};
    faults.push({ code: `glucose-${read}`, message: glucoseRules[read], column: nameOf(kind), ...implausible });
  };

  const ketone = (): void => {
    const text = cell("ketone");
    const value = outOfRangeWord(text) === "high" ? mostKetone + 0.1 : readNumber(text, decimal);
    const isKetone = value !== undefined && value >= 0 && value <= 10;
    if (isKetone) records.push({ kind: "ketone", value, isBeyond: value > mostKetone });
    else
      faults.push({
        code: "bad-ketone",
        message: "The ketones are not a number of mmol/L from 0 to 10.",
        column: nameOf("ketone")
      });
  };

  /** A number of that column, from 0 or from its negative on; a fault where there is something else. */
  const amount = (column: keyof typeof libreviewColumns, most: number, signed = false): number | undefined => {
    const value = readNumber(cell(column), decimal);
    if (value === undefined || (value >= (signed ? -most : 0) && value <= most)) return value;
    faults.push({
      code: "bad-amount",
      message: `It is not a number from ${signed ? -most : 0} to ${most}.`,
      column: nameOf(column)
    });
    return undefined;
  };

  if (type in glucoseKinds) glucose(glucoseKinds[type as keyof typeof glucoseKinds]);
  else if (type === "3") ketone();
  const food = amount("mealInsulin", 250);
  const correction = amount("correctionInsulin", 250, true);
  const change = amount("userChange", 250, true);
  const parts = [food, correction, change].filter((part) => part !== undefined);
  // What a reader's calculator was told adds up to the dose; where the dose is given, that is what was taken.
  const total = amount("rapid", 250) ?? (parts.length > 0 ? parts.reduce((sum, part) => sum + part, 0) : undefined);
  if (total !== undefined && total >= 0) {
    records.push({
      kind: "rapid",
      total,
      ...(food === undefined ? {} : { food }),
      ...(correction === undefined ? {} : { correction })
    });
  }
  const long = amount("long", 250);
  if (long !== undefined) records.push({ kind: "long", total: long });
  const grams = amount("carbs", 1000);
  if (grams !== undefined) records.push({ kind: "food", grams });

  if (records.length === 0 && faults.length === 0) {
    if (cell("unknownRapid") !== "" || cell("unknownLong") !== "") notMapped.push("insulin without an amount");
    else if (cell("servings") !== "") notMapped.push("food in servings of unknown size");
    else if (cell("unknownFood") !== "") notMapped.push("food without an amount");
    else if (cell("notes") !== "") notMapped.push("note");
    else notMapped.push(/^[0-6]$/u.test(type) ? "empty record" : "record of an unknown type");
  }
  return { records, faults, notMapped };
};
