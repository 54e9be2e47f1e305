import { toMmolL } from "@tideway/schemas";
import { type DecimalMark, readNumber } from "./read-number.ts";

/** Units that glucose is given in. */
export type GlucoseUnits = "mg/dL" | "mmol/L";

/** What a device can measure, in mg/dL: beyond it, it says only "Low" or "High". */
export interface MeasuringRange {
  readonly low: number;
  readonly high: number;
}

/** `value` and `units` of a datum, and the annotation where the true value lies beyond what the device measures. */
export interface Glucose {
  readonly units: GlucoseUnits;
  readonly value: number;
  readonly annotations?: ReadonlyArray<{
    readonly code: "bg/out-of-range";
    readonly value: "low" | "high";
    /** In mg/dL, whatever the units of the datum are. */
    readonly threshold: number;
  }>;
}

/** Why a text gives no glucose. */
export type GlucoseFault = "blank" | "not-a-number" | "implausible";

const lowWords: ReadonlySet<string> = new Set(
  "low lo niedrig tief bajo baja bas basse basso baixo laag lav lavt låg lågt matala niski nízký nízka nízké alacsony scăzut düşük низкий низкая низкое низко низький низька χαμηλή χαμηλό 低 低い 낮음".split(
    " "
  )
);
const highWords: ReadonlySet<string> = new Set(
  "high hi hoch alto alta haut élevé elevato hoog høy høyt høj høit hög högt korkea wysoki vysoký vysoká vysoké magas crescut ridicat yüksek высокий высокая высокое высоко високий висока υψηλή υψηλό 高 高い 높음".split(
    " "
  )
);

/** Whether a text says that a value lies beyond what the device measures, in any language that exports come in. */
export const outOfRangeWord = (text: string): "low" | "high" | undefined => {
  const word = text.trim().toLowerCase().normalize("NFC");
  if (lowWords.has(word)) return "low";
  return highWords.has(word) ? "high" : undefined;
};

/** The units that a heading names; `undefined` where it names none. */
export const unitsIn = (heading: string): GlucoseUnits | undefined => {
  if (/(?:mg\s*\/\s*dl|мг\s*\/\s*дл|毫克\s*\/\s*分升)/iu.test(heading)) return "mg/dL";
  return /(?:mmol\s*\/\s*l|ммоль\s*\/\s*л|毫摩尔\s*\/\s*升)/iu.test(heading) ? "mmol/L" : undefined;
};

const convert = (mgdl: number, units: GlucoseUnits): number => (units === "mg/dL" ? mgdl : toMmolL(mgdl));

/** Below it nothing that measures glucose gives a value: what stands there is a code, or in other units. */
const least: Readonly<Record<GlucoseUnits, number>> = { "mg/dL": 10, "mmol/L": 0.5 };
/** The most that the platform takes. */
const most: Readonly<Record<GlucoseUnits, number>> = { "mg/dL": 1000, "mmol/L": 55 };

/**
 * The value one unit past the limit of what the device measures, as Tidepool's own uploader gives it: 39 mg/dL for "Low" of
 * a device that measures from 40.
 */
export const beyondRange = (side: "low" | "high", range: MeasuringRange, units: GlucoseUnits): Glucose => {
  const threshold = range[side];
  const value = convert(side === "low" ? threshold - 1 : threshold + 1, units);
  return { units, value, annotations: [{ code: "bg/out-of-range", value: side, threshold }] };
};

/** Options of {@link readGlucose}. */
export interface ReadGlucoseOptions {
  readonly units: GlucoseUnits;
  readonly range: MeasuringRange;
  readonly decimal?: DecimalMark | undefined;
  /** The file has the limit itself where the true value lies beyond it: such values are kept, and annotated. Default: false. */
  readonly clamps?: boolean;
}

/** A limit as files of these units write it: with one decimal in mmol/L. */
const written = (mgdl: number, units: GlucoseUnits): number =>
  units === "mg/dL" ? mgdl : Math.round(toMmolL(mgdl) * 10) / 10;

const annotated = (glucose: Glucose, { low, high }: MeasuringRange): Glucose => {
  const { units, value } = glucose;
  const side = value <= written(low, units) ? "low" : value >= written(high, units) ? "high" : undefined;
  if (side === undefined) return glucose;
  const threshold = side === "low" ? low : high;
  return { units, value, annotations: [{ code: "bg/out-of-range", value: side, threshold }] };
};

/** A glucose value as a file writes it: a number, or a word for beyond the range. Nothing is rounded or converted. */
export const readGlucose = (
  text: string,
  { units, range, decimal, clamps = false }: ReadGlucoseOptions
): Glucose | GlucoseFault => {
  const word = outOfRangeWord(text);
  if (word) return beyondRange(word, range, units);
  const value = readNumber(text, decimal);
  if (value === undefined) return "blank";
  if (Number.isNaN(value)) return "not-a-number";
  if (value < least[units] || value > most[units]) return "implausible";
  return clamps ? annotated({ units, value }, range) : { units, value };
};

/** The rule that a text breaks which gives no glucose, for people. */
export const glucoseRules = {
  blank: "There is no glucose value.",
  "not-a-number": "The glucose value is neither a number nor a word for beyond the range.",
  implausible: "No device measures such a glucose value in these units."
} as const;
