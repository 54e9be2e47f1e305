import type * as z from "zod/mini";
import { annotate } from "./annotate.ts";
import { missing } from "./object.ts";
import { once } from "./once.ts";
import { type Fault, type Part, type Rule, type Zod, absent } from "./rule.ts";
import { lengthFault, storedText, unreadableText } from "./text.ts";

export interface ArrayOptions {
  /** Whether `[]` is accepted. Default: false. */
  readonly empty?: boolean;
  /** Default: no maximum. */
  readonly max?: number;
}

const notArray: Fault = { code: "type-not-array", text: "must be an array" };
const emptyArray: Fault = { code: "value-empty", text: "must not be an empty array" };
const duplicate: Fault = { code: "value-duplicate", text: "must not repeat an earlier element" };

const countFault = (length: number, { empty = false, max }: ArrayOptions): Fault | undefined => {
  if (length === 0 && !empty) return emptyArray;
  if (max !== undefined && length > max) {
    return { code: "length-out-of-range", text: `must have at most ${max} elements` };
  }
  return undefined;
};

const zodArray = <Z extends z.ZodMiniType>(
  z: Zod,
  element: Z,
  { empty = false, max }: ArrayOptions
): z.ZodMiniArray<Z> => {
  const array = z.array(element);
  const lower = empty ? array : array.check(z.minLength(1));
  return max === undefined ? lower : lower.check(z.maxLength(max));
};

/** Elements of one schema. `null` is no element. */
export const array = <Z extends z.ZodMiniType>(
  element: Part<Z>,
  options: ArrayOptions = {}
): Part<z.ZodMiniArray<Z>> => ({
  zod: once((z) => zodArray(z, element.zod(z), options)),
  rule: arrayRule(element.rule, options)
});

/** The rule of `array` without its schema. */
export const arrayRule = (element: Rule, options: ArrayOptions = {}): Rule => ({
  accepts(value, parent, walk) {
    if (!Array.isArray(value) || countFault(value.length, options) !== undefined) return false;
    for (const item of value) {
      if (absent(item) || !element.accepts(item, parent, walk)) return false;
    }
    return true;
  },
  parse(value, key, walk) {
    if (!Array.isArray(value)) return walk.report(key, notArray, value);
    walk.enter(key);
    for (const [index, item] of value.entries()) if (!absent(item)) element.parse(item, index, walk);
    walk.leave();
  },
  validate(value, key, parent, walk) {
    const items = value as ReadonlyArray<unknown>;
    const fault = countFault(items.length, options);
    if (fault !== undefined) walk.report(key, fault, value);
    walk.enter(key);
    for (const [index, item] of items.entries()) {
      if (absent(item)) walk.report(index, missing, undefined);
      else element.validate(item, index, parent, walk);
    }
    walk.leave();
  },
  store: (value, parent, walk) => (value as ReadonlyArray<unknown>).map((item) => element.store(item, parent, walk)),
  prune(value, key, pruning) {
    if (!Array.isArray(value)) return value;
    pruning.walk.enter(key);
    const kept = value.map((item, index) => (absent(item) ? item : element.prune(item, index, pruning)));
    pruning.walk.leave();
    return kept.some((item, index) => item !== value[index]) ? kept : value;
  }
});

export interface TextsOptions extends ArrayOptions {
  /** The fault of one text. `null` is the empty text here. */
  readonly each: (text: string) => Fault | undefined;
  /** Whether the same text may come twice. Default: true. */
  readonly repeats?: boolean;
  /** Whether the platform stores them sorted by their bytes. Default: false. */
  readonly sorted?: boolean;
  /** Whether `[]` is accepted and stored as if there were nothing. Default: false. */
  readonly emptyIsAbsent?: boolean;
}

/** Texts, each judged alone, then all together. */
export const texts = <Z extends z.ZodMiniType<string, string>>(
  element: (z: Zod) => Z,
  options: TextsOptions
): Part<z.ZodMiniArray<Z>> => {
  const { each, repeats = true, sorted = false, emptyIsAbsent = false } = options;
  const textOf = (item: unknown): string => (absent(item) ? "" : storedText(item as string));
  const firstOnly = <T>(items: ReadonlyArray<unknown>, repeated: (index: number) => T | undefined): T | undefined => {
    if (repeats) return undefined;
    const seen = new Set<string>();
    for (const [index, item] of items.entries()) {
      const text = textOf(item);
      const found = seen.has(text) ? repeated(index) : undefined;
      if (found !== undefined) return found;
      seen.add(text);
    }
    return undefined;
  };
  const rule: Rule = {
    accepts(value) {
      if (!Array.isArray(value) || countFault(value.length, options) !== undefined) return false;
      for (const item of value) {
        if (absent(item) ? each("") !== undefined : typeof item !== "string" || each(item) !== undefined) return false;
      }
      return firstOnly(value, () => true) === undefined;
    },
    parse(value, key, walk) {
      if (!Array.isArray(value)) return walk.report(key, notArray, value);
      walk.enter(key);
      for (const [index, item] of value.entries()) {
        const fault = absent(item) ? undefined : unreadableText(item);
        if (fault !== undefined) walk.report(index, fault, item);
      }
      walk.leave();
    },
    validate(value, key, _parent, walk) {
      const items = value as ReadonlyArray<unknown>;
      const fault = countFault(items.length, options);
      if (fault !== undefined) walk.report(key, fault, value);
      walk.enter(key);
      for (const [index, item] of items.entries()) {
        const wrong = each(textOf(item));
        if (wrong !== undefined) walk.report(index, wrong, item ?? "");
      }
      firstOnly(items, (index) => walk.report(index, duplicate, items[index]));
      walk.leave();
    },
    store(value) {
      const items = (value as ReadonlyArray<unknown>).map(textOf);
      return items.length === 0 && emptyIsAbsent ? undefined : sorted ? items.sort(byBytes) : items;
    },
    prune: (value) => value
  };
  const zod = (z: Zod) => {
    const unique = z.refine((items) => !Array.isArray(items) || firstOnly(items, () => true) === undefined);
    const list = zodArray(z, element(z), options);
    return repeats ? list : list.check(unique, annotate(z, { uniqueItems: true }));
  };
  return { zod, rule };
};

/** Texts of so many characters. */
export const textsOfLength = (
  max: number,
  options: Omit<TextsOptions, "each">
): Part<z.ZodMiniArray<z.ZodMiniString<string>>> => {
  const each = (text: string): Fault | undefined => lengthFault(text, { max });
  const zod = (z: Zod) =>
    z.string().check(
      z.refine((text) => each(text) === undefined),
      annotate(z, { minLength: 1, maxLength: max })
    );
  return texts(zod, { each, ...options });
};

/** The order of UTF-8, which is that of code points and not that of JavaScript. */
export const byBytes = (a: string, b: string): number => {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const [x, y] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
};

/** Surrogates stand for code points above all others, though units from U+E000 on are greater than they. */
const rank = (unit: number): number => (unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit);
