import type * as z from "zod/mini";
import { annotate } from "./annotate.ts";
import type { Fault, Members, Part, Zod } from "./rule.ts";
import { scalar } from "./scalar.ts";

/** Length in Unicode code points, both ends included. */
export interface Length {
  /** Default: 1. */
  readonly min?: number;
  /** Default: no maximum. */
  readonly max?: number;
}

const notString: Fault = { code: "type-not-string", text: "must be a text" };
export const emptyText: Fault = { code: "value-empty", text: "must not be empty" };

export const unreadableText = (value: unknown): Fault | undefined =>
  typeof value === "string" ? undefined : notString;

/** What a text is once the platform has read it: lone surrogates are U+FFFD there. */
export const storedText = (value: string): string => (value.isWellFormed() ? value : value.toWellFormed());

/** The fault of a text that is empty, too short or too long. */
export const lengthFault = (value: string, { min = 1, max }: Length): Fault | undefined => {
  if (value.length === 0 && min === 1) return emptyText;
  // A text has at least half as many code points as code units: most need no counting.
  if ((max === undefined || value.length <= max) && value.length >= 2 * min) return undefined;
  const points = codePoints(value);
  if (points >= min && (max === undefined || points <= max)) return undefined;
  const text = max === undefined ? `must have at least ${min} characters` : `must have ${min} to ${max} characters`;
  return { code: "length-out-of-range", text };
};

const codePoints = (value: string): number => {
  let points = 0;
  for (let index = 0; index < value.length; index++) {
    if ((value.codePointAt(index) ?? 0) > 0xffff) index++;
    points++;
  }
  return points;
};

/** A text that is not empty; spaces count. */
export const text = (length: Length = {}): Part<z.ZodMiniString<string>> => {
  const { min = 1, max } = length;
  const zod = (z: Zod) =>
    z.string().check(
      z.refine((value) => lengthFault(value, length) === undefined),
      annotate(z, { minLength: min, ...(max === undefined ? {} : { maxLength: max }) })
    );
  return scalar(zod, {
    unreadable: unreadableText,
    refused: (value) => lengthFault(value, length),
    accepts: (value) => typeof value === "string" && value.length <= (max ?? Infinity) && value.length >= 2 * min - 1,
    store: storedText
  });
};

/** Exactly one of the texts. */
export const oneOf = <const T extends readonly [string, ...Array<string>]>(
  allowed: T
): Part<z.ZodMiniEnum<{ [K in T[number]]: K }>> => {
  const set = new Set<string>(allowed);
  const fault: Fault = { code: "value-not-allowed", text: `must be one of: ${allowed.join(", ")}` };
  return scalar((z) => z.enum(allowed) as z.ZodMiniEnum<{ [K in T[number]]: K }>, {
    unreadable: unreadableText,
    refused: (value) => (set.has(value as string) ? undefined : fault),
    // Texts fresh from a parser have no hash yet: comparing a few is quicker than making one.
    accepts: allowed.length > 12 ? undefined : (value) => allowed.includes(value as T[number])
  });
};

/** The discriminator of a kind or a text that is fixed: `code` is what the platform says of any other. */
export const literal = <const T extends string>(value: T, code = "value-not-allowed"): Part<z.ZodMiniLiteral<T>> => {
  const fault: Fault = { code, text: `must be "${value}"` };
  return scalar((z) => z.literal(value), {
    unreadable: unreadableText,
    refused: (text) => (text === value ? undefined : fault)
  });
};

/** A text of a certain form. `""` is told apart from what has the wrong form, except where `empty` is false. */
export const pattern = (
  form: {
    readonly matches: (value: string) => boolean;
    readonly text: string;
    readonly regex?: RegExp;
  },
  options: { readonly empty?: Fault | false } = {}
): Part<z.ZodMiniString<string>> => {
  const { empty = emptyText } = options;
  const fault: Fault = { code: "value-not-valid", text: form.text };
  const refused = (value: string): Fault | undefined =>
    value === "" && empty !== false ? empty : form.matches(value) ? undefined : fault;
  const zod = (z: Zod) =>
    z.string().check(
      z.refine((value) => refused(value) === undefined),
      annotate(z, {
        description: `It ${form.text}.`,
        ...(form.regex === undefined ? undefined : { pattern: form.regex.source })
      })
    );
  return scalar(zod, {
    unreadable: unreadableText,
    refused: (value, _parent: Members) => refused(value),
    store: storedText
  });
};
