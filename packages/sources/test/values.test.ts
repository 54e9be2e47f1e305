import { NotesInProgress } from "@tideway/sources";
import { describe, expect, it } from "vitest";
import { GlucoseUnitsCheck } from "../src/values/glucose-units.ts";
import { readGlucose, unitsIn } from "../src/values/glucose.ts";
import { PlausibleTimes } from "../src/values/plausible-times.ts";
import { readNumber } from "../src/values/read-number.ts";

describe("a number", () => {
  it.each([
    ["5.4", undefined, 5.4],
    ["5,4", undefined, 5.4],
    ["0,00", undefined, 0],
    ["69,00000", undefined, 69],
    ["-1.5", undefined, -1.5],
    ["+3", undefined, 3],
    ["1,234.5", undefined, 1234.5],
    ["1.234,5", undefined, 1234.5],
    ["1'234,5", undefined, 1234.5],
    ["1 234,5", undefined, 1234.5],
    ["1\u00A0234,5", undefined, 1234.5],
    ["\u221212", undefined, -12],
    ["1,234", ".", 1234],
    ["1,234", ",", 1.234],
    ["1.234", ",", 1234],
    ["1.234", ".", 1.234],
    ["1.234", undefined, 1.234],
    // In a file with decimal commas, a point that cannot part thousands is still a point.
    ["5.4", ",", 5.4],
    ["5,4", ".", 5.4],
    ["1,234,567", undefined, 1_234_567]
  ] as const)("%s with the decimal mark %s is %s", (text, decimal, expected) => {
    expect(readNumber(text, decimal)).toBe(expected);
  });

  it.each(["1,234", "1.2.3", "5..4", "12abc", "1e3", "0x10", "Infinity", "--3", "4,", ".5,"])("%s is none", (text) => {
    expect(readNumber(text)).toBeNaN();
  });

  it("is unknown where there is nothing, and not 0", () => {
    expect(readNumber("")).toBeUndefined();
    expect(readNumber(" \u00A0 ")).toBeUndefined();
  });
});

describe("glucose", () => {
  const range = { low: 40, high: 400 };

  it("keeps its units and its digits", () => {
    expect(readGlucose("5,4", { units: "mmol/L", range })).toEqual({ units: "mmol/L", value: 5.4 });
    expect(readGlucose("99.9976941658", { units: "mg/dL", range })).toEqual({ units: "mg/dL", value: 99.9976941658 });
  });

  it.each(["Low", "LO", "niedrig", " Lav "])("that is %s is one below the range, with the limit in mg/dL", (word) => {
    const annotations = [{ code: "bg/out-of-range", value: "low", threshold: 40 }];
    expect(readGlucose(word, { units: "mg/dL", range })).toEqual({ units: "mg/dL", value: 39, annotations });
    expect(readGlucose(word, { units: "mmol/L", range })).toEqual({ units: "mmol/L", value: 2.16479, annotations });
  });

  it.each(["High", "HI", "Hoch", "Élevé", "E\u0301leve\u0301"])("that is %s is one above it", (word) => {
    const annotations = [{ code: "bg/out-of-range", value: "high", threshold: 400 }];
    expect(readGlucose(word, { units: "mg/dL", range })).toEqual({ units: "mg/dL", value: 401, annotations });
  });

  it("is none where nothing measures that, or it is no number", () => {
    expect(readGlucose("5", { units: "mg/dL", range })).toBe("implausible");
    expect(readGlucose("0", { units: "mmol/L", range })).toBe("implausible");
    expect(readGlucose("60", { units: "mmol/L", range })).toBe("implausible");
    expect(readGlucose("1001", { units: "mg/dL", range })).toBe("implausible");
    expect(readGlucose("???", { units: "mg/dL", range })).toBe("not-a-number");
    expect(readGlucose("", { units: "mg/dL", range })).toBe("blank");
  });

  it("is in the units of its heading, unless its values say otherwise: then that is asked", () => {
    expect(unitsIn("Historic Glucose mg/dL")).toBe("mg/dL");
    expect(unitsIn("Glukosewert (mmol / l)")).toBe("mmol/L");
    expect(unitsIn("Glucose")).toBeUndefined();
    const checked = (units: "mg/dL" | "mmol/L" | undefined, ...values: ReadonlyArray<number>) => {
      const check = new GlucoseUnitsCheck();
      for (const [index, value] of values.entries()) check.add(value, { file: "a.csv", row: index + 2 });
      return check.need(units, "a.csv");
    };
    const mmol = Array.from({ length: 20 }, (_, index) => 4 + index / 2);
    expect(checked("mmol/L", ...mmol)).toBeUndefined();
    expect(checked("mg/dL", ...mmol.map((value) => value * 18))).toBeUndefined();
    expect(checked("mg/dL", ...mmol)).toMatchObject({
      kind: "units",
      examples: [{ file: "a.csv", row: 2 }, {}, {}, {}, {}]
    });
    expect(checked("mmol/L", ...mmol.map((value) => value * 18))).toMatchObject({ kind: "units" });
    expect(checked(undefined, ...mmol)).toMatchObject({ kind: "units" });
  });
});

describe("a moment", () => {
  it("is refused more than a day ahead, and told where it is older than any device", () => {
    const now = Date.parse("2026-11-26T12:00:00Z");
    const times = new PlausibleTimes(now);
    expect(times.accepts(now + 86_400_000, 2)).toBe(true);
    expect(times.accepts(now + 86_400_001, 3)).toBe(false);
    const notes = new NotesInProgress();
    times.tell(notes, "a.csv");
    expect(notes.warnings).toEqual([]);
    expect(times.accepts(Date.parse("1961-04-12"), 4)).toBe(true);
    expect(times.accepts(Date.parse("1970-01-01"), 5)).toBe(true);
    times.tell(notes, "a.csv");
    expect(notes.warnings).toMatchObject([{ code: "before-devices" }]);
    expect(notes.warnings[0]?.message).toMatch(/^2 records of a\.csv .* row 4:/u);
  });
});
