import { check, checkBatch, checkDataSetCreate, kindOf, modelOf, normalize, writable } from "@tideway/schemas";
import { cbg } from "@tideway/schemas/kinds/cbg";
import { describe, expect, it } from "vitest";

const reading = { type: "cbg", time: "2026-05-14T08:17:08Z", units: "mg/dL", value: 120 } as const;

describe("check", () => {
  it("accepts a reading", () => expect(check(reading)).toEqual({ ok: true }));

  it("tells the platform's code, a pointer and the rule for a value out of range", () =>
    expect(check({ ...reading, value: 1001 })).toEqual({
      ok: false,
      phase: "validate",
      issues: [{ pointer: "/value", code: "value-out-of-range", message: "value must be from 0 to 1000.", value: 1001 }]
    }));

  it("hides what was refused behind what could not be read, over a whole batch", () =>
    expect(checkBatch([{ ...reading, value: -1 }, null, { ...reading, value: "5" }])).toMatchObject({
      phase: "parse",
      issues: [{ pointer: "/2/value", code: "type-not-float64" }]
    }));
});

it("names kinds by type, and by deliveryType or subType where the type needs one", () => {
  expect(kindOf({ type: "bolus", subType: "dual/square" })).toBe("bolus/dual/square");
  expect(kindOf({ type: "basal", deliveryType: "temporary" })).toBeUndefined();
});

it("stores glucose in mmol/L as the platform rounds it", () =>
  expect(normalize(reading, { newId: () => "0".repeat(32) })).toEqual([
    { id: "0".repeat(32), type: "cbg", time: "2026-05-14T08:17:08Z", units: "mmol/L", value: 6.6609 }
  ]));

it("leaves out what cannot be written and says so", () =>
  expect(
    writable({ type: "wizard", bolus: "b".repeat(32), guid: "x", trend: null, origin: { id: "a", x: 1 } })
  ).toEqual({
    datum: { type: "wizard", origin: { id: "a" } },
    dropped: ["/bolus", "/guid", "/origin/x"]
  }));

it("refuses unknown members of the body that opens a session, sorted by name", () =>
  expect(checkDataSetCreate({ zeta: 1, alpha: 2 })).toMatchObject({
    issues: [
      { pointer: "/alpha", code: "not-parsed" },
      { pointer: "/zeta", code: "not-parsed" }
    ]
  }));

describe("a model of some kinds", () => {
  const model = modelOf([cbg]);

  it("says of its kinds what the whole says", () => {
    for (const datum of [reading, { ...reading, value: 1001 }, { ...reading, value: "119", extra: 1 }]) {
      expect(model.check(datum)).toEqual(check(datum));
      expect(model.kindOf(datum)).toBe("cbg");
      expect(model.writable(datum)).toEqual(writable(datum));
    }
    const options = { newId: () => "0".repeat(32) };
    expect(model.normalize(reading, options)).toEqual(normalize(reading, options));
  });

  it("refuses all others as the platform refuses a kind that it does not know", () => {
    expect(model.check({ type: "food", time: "2026-05-14T08:17:08Z" })).toMatchObject({
      ok: false,
      phase: "parse",
      issues: [{ pointer: "/type", code: "value-not-allowed" }]
    });
  });
});
