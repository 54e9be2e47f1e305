import type * as z from "zod/mini";
import { base } from "./base.ts";
import type { Check, Issue } from "./issue.ts";
import { depthWithin } from "./rule/depth.ts";
import { type ObjectOptions, type Parts, type ShapeOf, object } from "./rule/object.ts";
import { type Rule, type Zod, required } from "./rule/rule.ts";
import { literal } from "./rule/text.ts";
import { Walk } from "./rule/walk.ts";

/** The members that say what a datum is. */
export type Discriminator = {
  readonly type: string;
  readonly deliveryType?: string;
  readonly subType?: string;
};

type Named<D extends Discriminator> = D extends { readonly deliveryType: infer Sub extends string }
  ? `${D["type"]}/${Sub}`
  : D extends { readonly subType: infer Sub extends string }
    ? `${D["type"]}/${Sub}`
    : D["type"];

type DiscriminatorShape<D extends Discriminator> = {
  [K in keyof D]: z.ZodMiniLiteral<Extract<D[K], string>>;
};

/** Everything there is to know about one kind of datum. */
export interface Definition<K extends string = string, Z extends z.ZodMiniType = z.ZodMiniType> {
  readonly kind: K;
  readonly discriminator: Discriminator;
  /** The schema of what may be written. Says yes and no as `check` does, for datums without `null` members. */
  readonly zod: (z: Zod) => Z;
  readonly rule: Rule;
  /** The member that may hold a datum of its own, which the platform splits off. */
  readonly embeds: string | undefined;
  /** What is wrong with the datum, as a datum of this kind. */
  readonly check: (datum: unknown) => Check;
}

export interface KindOptions extends ObjectOptions {
  readonly embeds?: string;
}

const fine: Check = { ok: true };
const tooDeep = {
  code: "json-malformed",
  text: "must not be nested deeper than 10,000 levels, its array counted"
};
/** Levels that JSON may have on the platform, less the array around the datums. */
const levels = 9_999;

/** One kind of datum: what it is told by, and its members beside those that every datum has. */
export const kind = <const D extends Discriminator, P extends Parts>(
  discriminator: D,
  parts: P,
  options: KindOptions = {}
): Definition<Named<D>, z.ZodMiniObject<DiscriminatorShape<D> & ShapeOf<typeof base> & ShapeOf<P>>> => {
  const literals = Object.fromEntries(
    Object.entries(discriminator).map(([key, value]) => [key, required(literal(value))])
  );
  const { units = () => undefined } = options;
  const { zod, rule } = object({ ...literals, ...base, ...parts }, { ...options, units });
  const check = (datum: unknown): Check => checkBy(rule, datum);
  type Whole = z.ZodMiniObject<DiscriminatorShape<D> & ShapeOf<typeof base> & ShapeOf<P>>;
  const whole = (z: Zod) =>
    zod(z).check((payload) => {
      const verdict = check(payload.value);
      if (!verdict.ok) payload.issues.push(...verdict.issues.map(toZod(payload.value)));
    }) as unknown as Whole;
  return {
    kind: Object.values(discriminator).join("/") as Named<D>,
    discriminator,
    zod: whole,
    rule,
    embeds: options.embeds,
    check
  };
};

const toZod = (input: unknown) => (issue: Issue) => ({
  code: "custom" as const,
  path: issue.pointer.split("/").slice(1),
  message: issue.message,
  params: { code: issue.code },
  input
});

// The way that accepts keeps nothing from one datum to the next, so that one walk does for all.
const quick = new Walk();
const noParent = {};

/** Whether a value passes, by the way that allocates nothing. A no is no verdict yet: see `Rule.accepts`. */
export const acceptsQuickly = (rule: Rule, datum: unknown): boolean => {
  quick.begin();
  return rule.accepts(datum, noParent, quick);
};

/** Whether a value passes as quickly, and has no member without a rule. */
export const fitsQuickly = (rule: Rule, datum: unknown): boolean => acceptsQuickly(rule, datum) && !quick.hasStrangers;

/** Judges one datum by a rule: the fast way first, which only ever says yes; the slow way finds the words. */
export const checkBy = (rule: Rule, datum: unknown): Check => {
  if (acceptsQuickly(rule, datum)) return fine;
  const found = issuesOf(rule, datum, 0, () => new Walk());
  return found === undefined ? fine : { ok: false, ...found };
};

/** The issues of the phase that fails first. */
export const issuesOf = (
  rule: Rule,
  datum: unknown,
  index: number,
  walk: () => Walk
): { phase: "parse" | "validate"; issues: ReadonlyArray<Issue> } | undefined => {
  const parsing = walk();
  const unread = parsing.run(() => {
    if (!depthWithin(datum, levels)) return parsing.reportAt(index, tooDeep);
    rule.parse(datum, index, parsing);
  });
  if (unread.length > 0) return { phase: "parse", issues: unread };
  const validating = walk();
  const refused = validating.run(() => rule.validate(datum, index, {}, validating));
  return refused.length > 0 ? { phase: "validate", issues: refused } : undefined;
};
