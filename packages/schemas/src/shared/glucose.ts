import type * as z from "zod/mini";
import { annotate } from "../rule/annotate.ts";
import { type Range, number } from "../rule/number.ts";
import type { Part } from "../rule/rule.ts";
import { oneOf } from "../rule/text.ts";
import type { Walk } from "../rule/walk.ts";

/** mg/dL in one mmol/L, as the platform has it. */
export const mgdlPerMmolL = 18.01559;

/** Glucose of these mg/dL in mmol/L, rounded to five decimals as the platform rounds it (half away from zero). */
export const toMmolL = (mgdl: number): number => {
  const scaled = (mgdl / mgdlPerMmolL) * 100_000;
  return Math.trunc(scaled + (scaled < 0 ? -0.5 : 0.5)) / 100_000 + 0;
};

/** Glucose of these mmol/L in mg/dL, not rounded. */
export const toMgdl = (mmolL: number): number => mmolL * mgdlPerMmolL;

export const isMgdl = (units: unknown): boolean => units === "mg/dL" || units === "mg/dl";
export const isMmolL = (units: unknown): boolean => units === "mmol/L" || units === "mmol/l";

const mgdlRange: Range = { min: 0, max: 1000 };
const mmolRange: Range = { min: 0, max: 55 };

/** The range of a glucose value in these units; none beside unknown units. */
export const glucoseRange = (units: unknown): Range | undefined =>
  isMgdl(units) ? mgdlRange : isMmolL(units) ? mmolRange : undefined;

/** Glucose in mmol/L if the units that hold are mg/dL, as it came if not. */
export const storedGlucose = (value: number, walk: Walk): number => (isMgdl(walk.units) ? toMmolL(value) : value + 0);

/**
 * A glucose value in the units that hold where it stands: 0 to 1,000 mg/dL or 0 to 55 mmol/L. `outer` holds in any units;
 * empty where there may be none.
 */
export const glucoseValue = (outer: Range = mgdlRange): Part<z.ZodMiniNumber<number>> => {
  const { zod, rule } = number((_parent, walk) => glucoseRange(walk.units), outer);
  return {
    zod: (z) => zod(z).check(annotate(z, { description: "It is from 0 to 1000 in mg/dL, from 0 to 55 in mmol/L." })),
    rule: { ...rule, store: (value, _parent, walk) => storedGlucose(value as number, walk) }
  };
};

/** A number that is glucose but has rules of its own: converted like the rest, any number goes. */
export const glucoseNumber = (): Part<z.ZodMiniNumber<number>> => {
  const { zod, rule } = number();
  return { zod, rule: { ...rule, store: (value, _parent, walk) => storedGlucose(value as number, walk) } };
};

/** Units of glucose, in the four spellings that the platform reads. It stores `mmol/L`. */
export const glucoseUnits = () => {
  const { zod, rule } = oneOf(["mg/dL", "mg/dl", "mmol/L", "mmol/l"]);
  return { zod, rule: { ...rule, store: () => "mmol/L" } } satisfies Part;
};
