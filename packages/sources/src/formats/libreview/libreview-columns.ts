import { type GlucoseUnits, unitsIn } from "../../values/glucose.ts";

/** Where the cells of a LibreView export stand: by their order, because headings come in the account's language. */
export const libreviewColumns = {
  device: 0,
  serial: 1,
  timestamp: 2,
  type: 3,
  historic: 4,
  scan: 5,
  unknownRapid: 6,
  rapid: 7,
  unknownFood: 8,
  carbs: 9,
  servings: 10,
  unknownLong: 11,
  long: 12,
  notes: 13,
  strip: 14,
  ketone: 15,
  mealInsulin: 16,
  correctionInsulin: 17,
  userChange: 18
} as const;

/** What the row of headings tells. */
export interface LibreviewHeadings {
  readonly units: GlucoseUnits;
  /** As the file names them: for problems. */
  readonly names: ReadonlyArray<string>;
}

/** Headings, or `undefined` where it is another row. */
export const libreviewHeadings = (cells: ReadonlyArray<string>): LibreviewHeadings | undefined => {
  const { type, historic, scan, strip, ketone } = libreviewColumns;
  if (cells.length < 16 || cells.length > 24 || /^\s*\d+\s*$/u.test(cells[type]!)) return undefined;
  const units = unitsIn(cells[historic]!);
  if (!units || unitsIn(cells[scan]!) !== units || unitsIn(cells[strip]!) !== units) return undefined;
  if (unitsIn(cells[ketone]!) !== "mmol/L") return undefined;
  return { units, names: cells.map((cell) => cell.trim()) };
};
