import type * as z from "zod/mini";
import { annotate } from "./annotate.ts";
import type { Fault, Members, Part, Zod } from "./rule.ts";
import { scalar } from "./scalar.ts";
import type { Walk } from "./walk.ts";

/** Both ends belong to it. A missing end is open. */
export interface Range {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}
/** The range that holds beside these neighbours; `undefined` where any number goes. */
export type RangeIn = (parent: Members, walk: Walk) => Range | undefined;

const notNumber: Fault = { code: "type-not-float64", text: "must be a number" };
const notInt: Fault = { code: "type-not-int", text: "must be a whole number" };
const notBool: Fault = { code: "type-not-bool", text: "must be true or false" };

/** The fault of a number outside of its range. */
export const outOfRange = (value: number, range: Range | undefined): Fault | undefined => {
  if (range === undefined) return undefined;
  const { min = -Infinity, max = Infinity } = range;
  return value >= min && value <= max ? undefined : rangeFault(range);
};

export const rangeFault = ({ min, max }: Range): Fault => {
  const text =
    max === undefined
      ? `must be ${min} or more`
      : min === undefined
        ? `must be ${max} or less`
        : `must be from ${min} to ${max}`;
  return { code: "value-out-of-range", text };
};

const bounded = (z: Zod, zod: z.ZodMiniNumber<number>, { min, max }: Range): z.ZodMiniNumber<number> => {
  const lower = min === undefined ? zod : zod.check(z.gte(min));
  return max === undefined ? lower : lower.check(z.lte(max));
};

/** Any JSON number, in range. Where neighbours decide about the range, `outer` holds whatever they say. */
export const number = (range: Range | RangeIn = {}, outer: Range = {}): Part<z.ZodMiniNumber<number>> =>
  scalar((z) => bounded(z, z.number(), typeof range === "function" ? outer : range), {
    unreadable: (value) => (typeof value === "number" && Number.isFinite(value) ? undefined : notNumber),
    refused: refusal(range),
    accepts: quick(range, Number.isFinite, Infinity),
    store: (value) => value + 0
  });

// Not `z.int()`: that ends at 2^53, and the platform does not.
const whole = (z: Zod) => z.number().check(z.refine(Number.isInteger), annotate(z, { type: "integer" }));

/** A number without a fraction (`1e3` and `1000.0` have none), in range; `outer` as for `number`. */
export const int = (range: Range | RangeIn = {}, outer: Range = {}): Part<z.ZodMiniNumber<number>> => {
  const refused = refusal(range);
  return scalar((z) => bounded(z, whole(z), typeof range === "function" ? outer : range), {
    unreadable: (value) => (typeof value === "number" && Number.isInteger(value) ? undefined : notInt),
    // The greatest number below 2^63: from there on the platform's processor has its own ideas.
    accepts: quick(range, Number.isInteger, 2 ** 63 - 1024),
    refused: refused === undefined ? undefined : (value, parent, walk) => refused(toInt64(value), parent, walk),
    store: (value) => toInt64(value)
  });
};

/** `true` or `false`. */
export const bool = (): Part<z.ZodMiniBoolean<boolean>> =>
  scalar((z) => z.boolean(), { unreadable: (value) => (typeof value === "boolean" ? undefined : notBool) });

/** Only for fixed ranges: within them a number needs no second look. */
const quick = (
  range: Range | RangeIn,
  is: (value: unknown) => boolean,
  most: number
): ((value: unknown) => boolean) | undefined => {
  if (typeof range === "function") return undefined;
  const { min = -most, max = most } = range;
  // First what it is: comparing an object would call its `valueOf` and `toString`, which may be anything.
  return (value) => is(value) && (value as number) >= min && (value as number) <= max;
};

type Refusal = (value: number, parent: Members, walk: Walk) => Fault | undefined;

const refusal = (range: Range | RangeIn): Refusal | undefined => {
  if (typeof range === "function") return (value, parent, walk) => outOfRange(value, range(parent, walk));
  const { min = -Infinity, max = Infinity } = range;
  if (min === -Infinity && max === Infinity) return undefined;
  const fault = rangeFault(range);
  return (value) => (value >= min && value <= max ? undefined : fault);
};

/** What the platform's processor (amd64) makes of a whole number: beyond 64 bits it is the smallest integer. */
export const toInt64 = (value: number): number => (value >= 2 ** 63 || value < -(2 ** 63) ? -(2 ** 63) : value + 0);
