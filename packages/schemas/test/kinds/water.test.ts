import { check, normalize } from "@tideway/schemas";
import { expect, it } from "vitest";

const water = (units: string, value: number) => ({
  type: "water",
  time: "2026-05-14T08:17:08Z",
  amount: { units, value }
});

it.each([
  ["gallons", 10],
  ["liters", 37.854_118],
  ["milliliters", 37_854.118],
  ["ounces", 1280]
])("takes water up to a day's lorry load: %s to %d", (units, most) => {
  expect(check(water(units, most))).toEqual({ ok: true });
  expect(check(water(units, most + 0.001))).toMatchObject({
    issues: [{ pointer: "/amount/value", code: "value-out-of-range" }]
  });
});

it("says nothing of the value beside units that it does not know", () =>
  expect(check(water("cups", -1))).toMatchObject({
    issues: [{ pointer: "/amount/units", code: "value-not-allowed" }]
  }));

it("is stored in the units that it came in", () =>
  expect(normalize(water("ounces", 8) as never, { newId: () => "0".repeat(32) })).toEqual([
    { ...water("ounces", 8), id: "0".repeat(32) }
  ]));
