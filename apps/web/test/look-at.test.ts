import { describe, expect, it } from "vitest";
import { lookAt } from "../src/look/look-at.ts";
import { sampleFile } from "../src/sample/sample-file.ts";

const cbg = (time: string, value: number, more = {}) => ({ type: "cbg", units: "mg/dL", value, time, ...more });
const fileOf = (...lines: ReadonlyArray<unknown>) =>
  new File([lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n")], "a.ndjson");

describe("lookAt", () => {
  it("counts by kind and tells glucose, from the made-up data", async () => {
    const preview = await lookAt(sampleFile());
    const kinds = Object.fromEntries(preview.kinds);
    expect(kinds["cbg"]).toBeGreaterThan(8000);
    expect(Object.keys(kinds)).toEqual(
      expect.arrayContaining(["cbg", "basal/scheduled", "basal/temp", "food", "wizard", "smbg", "bolus/normal"])
    );
    expect(Object.values(kinds).reduce((sum, count) => sum + count, 0)).toBe(preview.total);
    // One of the made-up readings is −26 mg/dL, which no Tidepool takes: it shapes no curve and no number.
    expect(preview.glucose.times).toHaveLength((kinds["cbg"] ?? 0) - 1);
    expect(preview.summary.count).toBe((kinds["cbg"] ?? 0) - 1);
    expect(preview.unit).toBe("mg/dL");
    expect(preview.localTime.name).toContain("UTC−4");
    expect(preview.problems.map(({ fate, key }) => [fate, key])).toEqual([
      ["refused", "bolus/normal /normal value-out-of-range"],
      ["refused", "cbg /value value-out-of-range"]
    ]);
  });

  it("gathers what cannot be read by its reason, and reads the rest", async () => {
    const preview = await lookAt(
      fileOf(cbg("2026-03-01T00:00:00Z", 100), "{oops", "{again", cbg("2026-03-01T00:05:00Z", 110))
    );
    expect(preview.total).toBe(4);
    expect(preview.kinds).toEqual([["cbg", 2]]);
    expect(preview.problems).toHaveLength(1);
    expect(preview.problems[0]).toMatchObject({ fate: "unreadable", at: "line 2", count: 2 });
  });

  it("survives a reading of any shape, and says that it will be refused", async () => {
    const odd = { type: "cbg", time: 5, value: "100", units: 7, deviceId: 8, timezoneOffset: "x", sampleInterval: {} };
    const preview = await lookAt(fileOf(odd, odd, cbg("2026-03-01T00:00:00Z", 100)));
    expect([preview.total, preview.summary.count]).toEqual([3, 1]);
    expect(preview.problems).toMatchObject([{ fate: "refused", at: "line 1", count: 2 }]);
  });

  it("takes null for what is not there, as the platform does", async () => {
    const nothing = { deviceId: null, timezoneOffset: null, timezone: "America/New_York" };
    const preview = await lookAt(
      fileOf(cbg("2026-03-01T00:00:00Z", 100, nothing), cbg("2026-03-01T00:05:00Z", 90, nothing))
    );
    expect([preview.total, preview.summary.count, preview.problems]).toEqual([2, 2, []]);
    expect(preview.localTime.name).toContain("New");
  });

  it("lets what will be refused shape no day", async () => {
    const wrong = cbg("2046-01-01T00:00:00Z", -5);
    const preview = await lookAt(fileOf(cbg("2026-03-01T00:00:00Z", 100), wrong, cbg("2026-03-02T00:00:00Z", 90)));
    expect(preview.days).toHaveLength(2);
  });

  it("takes the zone that most datums name where no reading tells its offset, and UTC where nothing does", async () => {
    const reading = cbg("2026-03-01T00:00:00Z", 100);
    const named = await lookAt(
      fileOf(reading, { type: "food", time: "2026-03-01T01:00:00Z", timezone: "Asia/Kolkata" })
    );
    expect(named.localTime.offsetAt(0)).toBe(330);
    expect((await lookAt(fileOf(reading, reading))).localTime.name).toBe(
      "Times are in UTC: the file names no time zone."
    );
    const told = await lookAt(fileOf({ ...reading, timezoneOffset: 60, timezone: "Asia/Kolkata" }, reading));
    expect(told.localTime.offsetAt(0)).toBe(60);
  });

  it("shows the unit that most readings are in", async () => {
    const mmol = { ...cbg("2026-03-01T00:00:00Z", 5.5), units: "mmol/L" };
    expect((await lookAt(fileOf(mmol, mmol, cbg("2026-03-01T00:05:00Z", 100)))).unit).toBe("mmol/L");
  });

  it.for([
    ["an empty file", ""],
    ["a file that is no JSON", "glucose;100\n"],
    ["a JSON object that is no list", '{\n "a": 1\n}']
  ] as const)("refuses %s with a reason", async ([, text]) => {
    await expect(lookAt(new File([text], "a.json"))).rejects.toThrow(/\w+ .+\./);
  });
});
