import { annotate } from "./annotate.ts";
import { type Range, number } from "./number.ts";
import { object } from "./object.ts";
import { type Members, type Zod, required } from "./rule.ts";
import { oneOf } from "./text.ts";

type UnitsOf<R> = Extract<keyof R, string>;

/** `{ units, value }`: the units decide about the value's range; beside unknown units any number goes. */
export const measure = <const R extends { readonly [units: string]: Range }>(ranges: R) => {
  const part = object({
    units: required(unitsOf(ranges)),
    value: required(number(rangeBy(ranges)))
  });
  return { ...part, zod: (z: Zod) => part.zod(z).check(annotate(z, { anyOf: rangesByUnits(ranges, "value") })) };
};

/** `{ duration, units }`, by the same rule. */
export const durationIn = <const R extends { readonly [units: string]: Range }>(ranges: R) => {
  const part = object({
    duration: required(number(rangeBy(ranges))),
    units: required(unitsOf(ranges))
  });
  return { ...part, zod: (z: Zod) => part.zod(z).check(annotate(z, { anyOf: rangesByUnits(ranges, "duration") })) };
};

/** JSON Schema's way to say that the units decide about the range. */
export const rangesByUnits = (ranges: { readonly [units: string]: Range }, member: string): ReadonlyArray<unknown> =>
  Object.entries(ranges).map(([units, { min, max }]) => {
    const range = { ...(min === undefined ? {} : { minimum: min }), ...(max === undefined ? {} : { maximum: max }) };
    return { type: "object", properties: { units: { const: units }, [member]: { type: "number", ...range } } };
  });

/** One of the units of such a table. */
export const unitsOf = <const R extends { readonly [units: string]: Range }>(ranges: R) =>
  oneOf(Object.keys(ranges) as unknown as readonly [UnitsOf<R>, ...Array<UnitsOf<R>>]);

/** The range that belongs to the units beside the value. */
export const rangeBy =
  (ranges: { readonly [units: string]: Range }, member = "units"): ((parent: Members) => Range | undefined) =>
  (parent) => {
    const units = parent[member];
    return typeof units === "string" && Object.hasOwn(ranges, units) ? ranges[units] : undefined;
  };
