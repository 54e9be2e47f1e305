import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonical } from "../src/prepare/canonical.ts";

type Members = Record<string, unknown>;

const isObject = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What JSON itself makes of a value, with sorted members: numbers as keys come first, as in every object. */
const reference = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reference);
  if (!isObject(value)) return value;
  const entries = Object.keys(value)
    .sort()
    .map((key) => [key, reference(value[key])] as const);
  return Object.fromEntries(entries);
};

const expected = (value: unknown) => JSON.stringify(reference(JSON.parse(JSON.stringify(value))));

/** Members in the opposite order, at every depth. */
const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, turned(member)])
  );
};

describe("canonical JSON", () => {
  it("is what JSON makes of a value, with members in one order whatever order they came in", () => {
    fc.assert(
      fc.property(fc.object({ maxDepth: 3, withNullPrototype: true, withSparseArray: true }), (value) => {
        expect(canonical(value)).toBe(expected(value));
        expect(canonical(turned(value))).toBe(canonical(value));
      })
    );
  });

  it.each([
    ["dates", { b: new Date(0), a: { d: new Date(NaN), c: 1 } }],
    ["boxed values", { b: Object("x"), a: Object(1) }],
    ["a way of its own", { b: { toJSON: () => ({ z: 1, y: 2 }) }, a: 1 }],
    ["a member called toJSON", JSON.parse('{"b":{"toJSON":1,"a":2},"a":1}')],
    ["a member called __proto__", JSON.parse('{"b":1,"__proto__":{"d":1,"c":2}}')],
    ["what JSON leaves out", { c: undefined, b: () => 1, a: Symbol("s"), d: [undefined, NaN, -0] }],
    ["numbers as keys", { 10: "b", 9: "a", x: 1, a: 2 }]
  ])("takes %s as JSON does", (_, value) => {
    expect(canonical(value)).toBe(expected(value));
  });
});
