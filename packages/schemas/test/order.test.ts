import { check, checkBatch, checkDataSetCreate } from "@tideway/schemas";
import { describe, expect, it } from "vitest";

const time = "2026-05-14T08:17:08Z";
const told = (datum: unknown): ReadonlyArray<string> => {
  const verdict = check(datum);
  return verdict.ok ? [] : verdict.issues.map(({ pointer, code }) => `${pointer} ${code}`);
};
const boluses = ["automated", "dual/square", "normal", "square"].map((subType) => ({
  type: "bolus",
  subType,
  time,
  normal: 1,
  duration: 1,
  extended: 1
}));
const wizard = { type: "wizard", time, units: "mg/dL" };
const nested = (levels: number): unknown => JSON.parse("[".repeat(levels) + "]".repeat(levels));

describe("the platform tells faults in its own order:", () => {
  it.each(boluses)("the delivery context before the insulin, in a bolus/$subType", (bolus) => {
    expect(told({ ...bolus, insulinFormulation: {}, deliveryContext: "x" })).toEqual([
      "/deliveryContext value-not-allowed",
      "/insulinFormulation/simple value-not-exists"
    ]);
    expect(
      told({ ...bolus, insulinFormulation: 1, deliveryContext: 1, deviceId: 1, duration: "1", normal: "1" })
    ).toEqual([
      "/deviceId type-not-string",
      "/deliveryContext type-not-string",
      "/insulinFormulation type-not-object",
      ...(bolus.subType.endsWith("square") ? ["/duration type-not-int"] : []),
      ...(bolus.subType === "square" ? [] : ["/normal type-not-float64"])
    ]);
  });

  it.each(boluses)("the same inside a wizard, in a bolus/$subType", (bolus) =>
    expect(
      told({ ...wizard, bolus: { ...bolus, insulinFormulation: {}, deliveryContext: "x" }, carbUnits: "x" })
    ).toEqual([
      "/bolus/deliveryContext value-not-allowed",
      "/bolus/insulinFormulation/simple value-not-exists",
      "/carbUnits value-not-allowed"
    ])
  );

  it("what it cannot read of a wizard: its bolus after the units and before those of the carbohydrates", () =>
    expect(told({ ...wizard, bolus: 5, bgInput: "x", carbUnits: 5, units: 5, recommended: 1 })).toEqual([
      "/bgInput type-not-float64",
      "/recommended type-not-object",
      "/units type-not-string",
      "/bolus type-not-object",
      "/carbUnits type-not-string"
    ]));
});

describe("what nests deeper than the platform's reader goes", () => {
  it("is malformed as a datum, whatever else it is not", () => {
    expect(told(nested(9_999))).toEqual([" type-not-object"]);
    expect(told(nested(10_000))).toEqual([" json-malformed"]);
    expect(checkBatch([nested(10_000)])).toMatchObject({ issues: [{ pointer: "/0", code: "json-malformed" }] });
  });

  it("is malformed in the body of a session", () => {
    expect(checkDataSetCreate({ payload: { a: 1 }, other: nested(9_999) })).toMatchObject({
      issues: [{ code: "not-parsed" }]
    });
    expect(checkDataSetCreate({ payload: { a: 1 }, other: nested(10_000) })).toMatchObject({
      issues: [{ code: "json-malformed" }]
    });
  });
});
