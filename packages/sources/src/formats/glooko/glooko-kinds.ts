import { filledWidth } from "../../records/sound-rows.ts";
import { type GlucoseUnits, unitsIn } from "../../values/glucose.ts";

/** What the rows of one of the files inside an export are. */
export type GlookoKind =
  | "cgm"
  | "bg"
  | "bolus"
  | "basal"
  | "insulin totals"
  | "carbs"
  | "food"
  | "exercise"
  | "manual insulin"
  | "medication"
  | "note"
  | "alarm";

/** The headings of one of the files. */
export interface GlookoHeadings {
  readonly kind: GlookoKind;
  /** As the file names them: for problems. */
  readonly names: ReadonlyArray<string>;
  readonly units: GlucoseUnits | undefined;
}

const isUnit = (heading: string | undefined): boolean => /\(.+\)/u.test(heading ?? "");
const isGrams = (heading: string | undefined): boolean => /\((?:g|г)/iu.test(heading ?? "");
const isInsulin = (heading: string | undefined): boolean => /insul|inzul|инсул/iu.test(heading ?? "");

/** By the number of columns and their units: headings come in the account's language. */
const kindOf = (names: ReadonlyArray<string>): GlookoKind | undefined => {
  const hasGlucose = unitsIn(names[1] ?? "") !== undefined;
  switch (names.length) {
    case 2:
      if (hasGlucose) return /cgm/iu.test(names[1]!) ? "cgm" : "bg";
      return isGrams(names[1]) ? "carbs" : "note";
    case 3:
      return hasGlucose ? "cgm" : "alarm";
    case 4:
      if (hasGlucose) return "bg";
      return isInsulin(names[3]) ? "manual insulin" : "medication";
    case 5:
      return isUnit(names[1]) && isUnit(names[2]) ? "insulin totals" : "exercise";
    case 6:
    case 7:
      return isUnit(names[2]) && isInsulin(names[1]) ? "basal" : undefined;
    case 8:
      return isGrams(names[2]) ? "food" : undefined;
    case 9:
      return unitsIn(names[2]!) !== undefined && isGrams(names[3]) ? "bolus" : undefined;
    default:
      return undefined;
  }
};

/** Whether a row names the person and the days of the export: `Name:…, Date Range:2024-01-12 - 2024-02-29` in any language. */
export const isGlookoPreamble = (cells: ReadonlyArray<string>): boolean =>
  filledWidth(cells) === 2 &&
  /^[^:]+:/u.test(cells[0]!) &&
  /:\s*\d{1,4}[-./]\d{1,2}[-./]\d{1,4}\s*[-\u2013]\s*\d{1,4}[-./]\d{1,2}[-./]\d{1,4}$/u.test(cells[1]!.trim());

/** The headings that a row is, or `undefined` where it is another one. */
export const glookoHeadings = (cells: ReadonlyArray<string>): GlookoHeadings | undefined => {
  const names = cells.slice(0, filledWidth(cells)).map((cell) => cell.trim());
  if (/\d/u.test(names[0] ?? "0") || names[0]!.includes(":")) return undefined;
  const kind = kindOf(names);
  return kind && { kind, names, units: names.map(unitsIn).find((units) => units !== undefined) };
};

/** The headings of a file of an export: its second row, where the first is about the person; exports of some sites have no such row. */
export const glookoFileHeadings = (
  rows: ReadonlyArray<ReadonlyArray<string>>
): (GlookoHeadings & { readonly hasPreamble: boolean }) | undefined => {
  const [first = [], second = []] = rows.filter((cells) => filledWidth(cells.map((cell) => cell.trim())) > 0);
  const hasPreamble = isGlookoPreamble(first);
  const headings = glookoHeadings(hasPreamble ? second : first);
  return headings && { ...headings, hasPreamble };
};

/** Kinds of files whose headings no other export has. */
export const distinctKinds: ReadonlySet<GlookoKind> = new Set(["bolus", "basal"]);
