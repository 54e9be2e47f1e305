import {
  type Datum,
  check,
  checkBatch,
  droppedKeys,
  embedded,
  errorIssues,
  everyKind,
  kindOf,
  normalize,
  writable
} from "@tideway/schemas";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomFrom, randomJson } from "./random-json.ts";

const time = "2026-05-14T08:17:08Z";

/** `levels` objects or arrays, one in the other. */
const nested = (levels: number, wrap: (inner: unknown) => unknown, innermost: unknown = 1): unknown => {
  let value = innermost;
  for (let level = 0; level < levels; level++) value = wrap(value);
  return value;
};
const ingredientsOf = (levels: number, innermost: object): unknown =>
  nested(levels, (inner) => ({ ingredients: [inner] }), innermost);

/** How often `ingredients` nest, and what the innermost is called. */
const depthOf = (food: unknown): string => {
  let [depth, inner] = [0, food as { ingredients?: ReadonlyArray<object>; name?: string }];
  for (; inner.ingredients?.[0] !== undefined; inner = inner.ingredients[0]) depth++;
  return `${depth} ${inner.name}`;
};

const everything = (value: unknown): void => {
  check(value);
  checkBatch([value, value]);
  kindOf(value);
  droppedKeys(value);
  writable(value);
  embedded(value);
  errorIssues(value);
};

describe("values of any shape", () => {
  it("never make anything throw: 10,000 of them, some deep, some wide", () => {
    for (let seed = 0; seed < 10_000; seed++) {
      const random = randomFrom(seed);
      const value = seed % 100 === 0 ? randomJson(random, 2, 200) : randomJson(random, 1 + (seed % 7), 6);
      const typed = { type: "food", ...Object(value) };
      expect(() => everything(seed % 2 === 0 ? value : typed), `seed ${seed}`).not.toThrow();
    }
  });

  it("never make anything throw however deep they are", () => {
    const wraps = [
      (inner: unknown) => [inner],
      (inner: unknown) => ({ type: "food", time, ingredients: [inner] }),
      (inner: unknown) => ({ type: "wizard", time, units: "mg/dL", bolus: inner }),
      (inner: unknown) => ({ type: "basal", deliveryType: "temp", time, rate: 1, duration: 0, suppressed: inner }),
      (inner: unknown) => ({ type: "food", time, payload: inner })
    ];
    for (const wrap of wraps) expect(() => everything(nested(20_000, wrap))).not.toThrow();
    const insulin = nested(20_000, (formulation) => ({ compounds: [{ amount: 1, formulation }] }), { name: "x" });
    expect(() => everything({ type: "insulin", time, formulation: insulin })).not.toThrow();
  });

  it("never make anything throw where they stand in a datum that is otherwise good", () => {
    const datum: Datum = {
      type: "wizard",
      time,
      units: "mg/dL",
      bgTarget: { low: 80, high: 120 },
      bolus: { type: "bolus", subType: "normal", time, normal: 1 },
      recommended: { carb: 1 },
      tags: ["a"],
      location: { name: "x" }
    };
    const member = fc.constantFrom(...Object.keys(datum));
    const anything = fc.oneof(fc.anything({ withBigInt: true, withDate: true, withSparseArray: true }), fc.jsonValue());
    fc.assert(
      fc.property(member, anything, (name, value) => everything({ ...datum, [name]: value })),
      { numRuns: 3000 }
    );
  });

  it("end even where they hold themselves", () => {
    const circle: Record<string, unknown> = { type: "food", time };
    circle["ingredients"] = [circle];
    expect(check(circle)).toMatchObject({
      ok: false,
      phase: "parse",
      issues: [{ code: "json-malformed", pointer: "" }]
    });
  });
});

describe("depth", () => {
  it("has no limit in what nests, but that of the platform's reader: 10,000 levels with the array of the batch", () => {
    const deepest = (levels: number): unknown => ({ type: "food", time, ingredients: [ingredientsOf(levels, {})] });
    expect(check(deepest(4998 - 1))).toEqual({ ok: true });
    expect(check(deepest(4999))).toMatchObject({ ok: false, issues: [{ code: "json-malformed", pointer: "" }] });
    expect(checkBatch([deepest(4999)])).toMatchObject({ issues: [{ pointer: "/0" }] });
  });

  it("does not move an issue, nor change the order of issues", () => {
    const levels = 3000;
    const food = { type: "food", time, ingredients: [ingredientsOf(levels, { name: "" }), { brand: "" }], meal: "x" };
    const pointer = `/ingredients/0${"/ingredients/0".repeat(levels)}/name`;
    expect(check(food)).toMatchObject({
      issues: [
        { pointer, code: "value-empty" },
        { pointer: "/ingredients/1/brand", code: "value-empty" },
        { pointer: "/meal", code: "value-not-allowed" }
      ]
    });
  });

  it("is kept by normalize and writable", () => {
    const food = { type: "food", time, id: "0".repeat(32), ingredients: [ingredientsOf(3000, { name: "x" })] } as Datum;
    const [stored] = normalize(food, { newId: () => "" });
    expect(depthOf(stored)).toBe(depthOf(food));
    expect(depthOf(writable(stored).datum)).toBe(depthOf(food));
    expect(check(stored)).toEqual({ ok: true });
    const { datum, dropped } = writable({ ...food, ingredients: [ingredientsOf(3000, { name: "x", guid: "y" })] });
    expect(dropped).toEqual([`/ingredients/0${"/ingredients/0".repeat(3000)}/guid`]);
    expect(check(datum)).toEqual({ ok: true });
  });

  it("in members that are ignored counts as well: the platform's reader meets it first", () => {
    const unknown = (levels: number) => ({ type: "food", time, anything: nested(levels, (inner) => [inner]) });
    expect(check(unknown(9_998))).toEqual({ ok: true });
    expect(check(unknown(9_999))).toMatchObject({ issues: [{ code: "json-malformed" }] });
  });
});

describe("size", () => {
  it("of a batch is no matter", () => {
    const batch = Array.from({ length: 20_000 }, (_, index) => ({ type: "cbg", time, units: "mg/dL", value: index }));
    const verdict = checkBatch(batch);
    expect(verdict.ok ? 0 : verdict.issues.length).toBe(20_000 - 1001);
  });

  it("of a text is no matter where the platform has no limit", () =>
    expect(check({ type: "food", time, deviceId: "💉".repeat(1_000_000) })).toEqual({ ok: true }));

  it.each([
    [{ a: "&".repeat(681) }, true],
    [{ a: "&".repeat(682) }, false],
    [{ a: "x".repeat(4088) }, true],
    [{ a: "x".repeat(4089) }, false],
    [{ a: "\u2028".repeat(681), b: null }, true],
    [{ a: "é".repeat(2044) }, true],
    [{ a: "é".repeat(2045) }, false],
    [{ a: "\ud800".repeat(1362) }, true],
    [{ a: "\ud800".repeat(1363) }, false],
    [{ a: -0, b: "x".repeat(4081) }, true],
    [{ a: [1e21, 1e-7, "\u0007\b\n"] }, true]
  ])("of a payload is counted as Go writes it (%#)", (payload, fits) =>
    expect(check({ type: "food", time, payload }).ok).toBe(fits)
  );
});

describe("a value that is no number", () => {
  const cbg = { type: "cbg", time, units: "mg/dL", value: 100 };
  it.each([[{ toString: 1 }], [[{ toString: 1 }]], [{ valueOf: 1, toString: 2 }], [{ __proto__: null }]])(
    "is refused, whatever it would do when it is compared (%#)",
    (sampleInterval) =>
      expect(check({ ...cbg, sampleInterval })).toMatchObject({
        ok: false,
        issues: [{ pointer: "/sampleInterval", code: "type-not-int" }]
      })
  );
});

describe("a payload nested so deep that the stack would end", () => {
  it.each([1_800, 2_040, 5_000, 9_900])("is judged and stored like any other (%d levels)", (levels) => {
    const datum = { type: "food", time, payload: { a: nested(levels, (inner) => [inner]) } };
    const verdict = check(datum);
    expect(verdict.ok).toBe(levels < 2_045);
    if (verdict.ok) expect(normalize(datum as Datum, { newId: () => "0".repeat(32) })).toHaveLength(1);
  });
});

describe("what fits", () => {
  const cbg = { type: "cbg", time, units: "mg/dL", value: 100, origin: { id: "a" } };
  it("has no member that would be left out, at any depth", () => {
    expect(everyKind.fits(cbg)).toBe("cbg");
    for (const datum of [
      { ...cbg, stranger: 1 },
      { ...cbg, origin: { id: "a", stranger: 1 } }
    ]) {
      expect(everyKind.fits(datum)).toBeUndefined();
      expect(writable(datum)).toMatchObject({ datum: cbg });
    }
    expect(everyKind.fits(cbg)).toBe("cbg");
  });
});
