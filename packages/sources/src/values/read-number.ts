/** The sign between whole and fraction. */
export type DecimalMark = "," | ".";

const digitsOnly = /^\d{1,15}$/;
const plain = /^[+-]?\d+(?:\.\d+)?$/u;
const grouped = {
  ".": /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/u,
  ",": /^[+-]?\d{1,3}(?:[. \u2019']\d{3})+(?:,\d+)?$/u
};
const withComma = /^[+-]?\d+,\d+$/u;

/**
 * A number as people's devices and spreadsheets write it, with a decimal comma or point and groups of thousands.
 *
 * `undefined`: blank, which is unknown and never 0. `NaN`: no number, or one that means two things without knowing the decimal
 * mark (`1,234`); where that is known, it settles those and nothing else.
 */
export const readNumber = (text: string, decimal?: DecimalMark): number | undefined => {
  // Most cells of most files are empty, and most of the others are digits only.
  if (text === "") return undefined;
  if (digitsOnly.test(text)) return Number(text);
  const trimmed = text.replaceAll("\u00A0", " ").replaceAll("\u202F", " ").replaceAll("\u2212", "-").trim();
  if (trimmed === "") return undefined;
  const byPoint = plain.test(trimmed);
  const byComma = withComma.test(trimmed);
  // Whole thousands by one mark are a fraction of three digits by the other.
  if (grouped["."].test(trimmed) && !(byComma && decimal !== ".")) return Number(trimmed.replaceAll(",", ""));
  if (grouped[","].test(trimmed) && !(byPoint && decimal !== ",")) {
    return Number(trimmed.replaceAll(/[. \u2019']/gu, "").replace(",", "."));
  }
  if (byPoint) return Number(trimmed);
  if (!byComma || (decimal === undefined && grouped["."].test(trimmed))) return Number.NaN;
  return Number(trimmed.replace(",", "."));
};
