import { describe, expect, it } from "vitest";
import { localTimeBy } from "../src/preview/local-time.ts";
import { previewSource } from "../src/preview/preview-source.ts";
import { sampleFile } from "../src/read/sample-file.ts";
import type { Answers } from "../src/worker/messages.ts";

const now = Date.parse("2026-11-01T08:00:00Z");
const cbg = (time: string, value: number, more = {}) => ({ type: "cbg", units: "mg/dL", value, time, ...more });
const fileOf = (...lines: ReadonlyArray<unknown>) =>
  new File([lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n")], "a.ndjson");
const readings = (count: number, value = 120, units = "mg/dL") =>
  Array.from({ length: count }, (_, index) =>
    cbg(new Date(Date.parse("2026-03-01T00:00:00Z") + index * 300_000).toISOString(), value, { units })
  );

const open = (files: ReadonlyArray<File>, answers: Answers = {}) => previewSource({ files, answers, now });
const preview = async (file: File, answers: Answers = {}) => {
  const opened = await open([file], answers);
  if (opened.status !== "ready") throw new Error(`It asks for ${opened.needs.map(({ kind }) => kind).join()}.`);
  return opened.preview;
};

const clarity = new File(
  [
    [
      "Index,Timestamp (YYYY-MM-DDThh:mm:ss),Event Type,Event Subtype,Patient Info,Device Info,Source Device ID,Glucose Value (mg/dL),Insulin Value (u),Carb Value (grams),Duration (hh:mm:ss),Glucose Rate of Change (mg/dL/min),Transmitter Time (Long Integer),Transmitter ID",
      "1,,Device,,,Dexcom G6 Mobile App,,,,,,,,",
      "2,2026-03-01T00:04:00,EGV,,,,iPhone G6,112,,,,,1000,8ABCDE",
      "3,2026-03-01T00:09:00,EGV,,,,iPhone G6,114,,,,,1300,8ABCDE"
    ].join("\n")
  ],
  "clarity.csv"
);

describe("previewSource", () => {
  it("counts by kind and tells glucose, from the made-up data", async () => {
    const { kinds, counts, glucose, summary, unit, clock, problems } = await preview(sampleFile(now));
    const byKind = Object.fromEntries(kinds);
    expect(byKind["cbg"]).toBeGreaterThan(8000);
    expect(Object.keys(byKind)).toEqual(
      expect.arrayContaining(["cbg", "basal/scheduled", "basal/temp", "food", "wizard", "smbg", "bolus/normal"])
    );
    expect(counts).toMatchObject({ read: counts.sent + 2, rejected: 2, skipped: 0 });
    // One of the made-up readings is −26 mg/dL, which no Tidepool takes: it shapes no curve and no number.
    expect([glucose.times.length, summary.count]).toEqual([byKind["cbg"], byKind["cbg"]]);
    expect(unit).toBe("mg/dL");
    expect(localTimeBy(clock).name).toContain("UTC−4");
    expect(problems.map(({ fate, message }) => [fate, message])).toEqual([
      ["refused", expect.stringMatching(/^bolus\/normal: /)],
      ["refused", expect.stringMatching(/^cbg: /)]
    ]);
  });

  it("shows the last version of a datum whose id comes twice, as it will be stored", async () => {
    const twice = [100, 300].map((value) => cbg("2026-03-01T00:00:00Z", value, { origin: { id: "same" } }));
    const { counts, kinds, glucose, problems } = await preview(fileOf(...twice));
    expect([counts.read, counts.sent, counts.skipped]).toEqual([2, 1, 1]);
    expect([kinds, [...glucose.mgdl]]).toEqual([[["cbg", 1]], [300]]);
    expect(problems).toMatchObject([{ fate: "left out", code: "superseded", count: 1 }]);
  });

  it("shows the last version where a thousand datums are between the two, in another request", async () => {
    const same = (value: number) => cbg("2026-02-28T00:00:00Z", value, { origin: { id: "same" } });
    const { kinds, glucose } = await preview(fileOf(same(100), ...readings(1200), same(300)));
    expect([kinds, glucose.mgdl[0]]).toEqual([[["cbg", 1201]], 300]);
  });

  it("gathers what cannot be read by its reason, and reads the rest", async () => {
    const { counts, kinds, problems } = await preview(
      fileOf(cbg("2026-03-01T00:00:00Z", 100), "{oops", "{again", cbg("2026-03-01T00:05:00Z", 110))
    );
    expect([counts.read, kinds]).toEqual([4, [["cbg", 2]]]);
    expect(problems).toMatchObject([{ fate: "unreadable", at: "line 2", count: 2 }]);
  });

  it("survives a reading of any shape, and says that it will be refused", async () => {
    const odd = { type: "cbg", time: 5, value: "100", units: 7, deviceId: 8, timezoneOffset: "x", sampleInterval: {} };
    const { counts, summary, problems } = await preview(fileOf(odd, odd, cbg("2026-03-01T00:00:00Z", 100)));
    expect([counts.read, summary.count]).toEqual([3, 1]);
    expect(problems).toMatchObject([{ fate: "refused", at: "line 1", count: 2 }]);
  });

  it("takes null for what is not there, as the platform does", async () => {
    const nothing = { deviceId: null, timezoneOffset: null, timezone: "America/New_York" };
    const { counts, summary, problems, clock } = await preview(
      fileOf(cbg("2026-03-01T00:00:00Z", 100, nothing), cbg("2026-03-01T00:05:00Z", 90, nothing))
    );
    expect([counts.sent, summary.count, problems]).toEqual([2, 2, []]);
    expect(localTimeBy(clock).name).toContain("New_York");
  });

  it("lets what will be refused shape no day", async () => {
    const wrong = cbg("2046-01-01T00:00:00Z", -5);
    const { days } = await preview(fileOf(cbg("2026-03-01T00:00:00Z", 100), wrong, cbg("2026-03-02T00:00:00Z", 90)));
    expect(days).toHaveLength(2);
  });

  it("takes the zone that most datums name where no reading tells its offset, and UTC where nothing does", async () => {
    const reading = cbg("2026-03-01T00:00:00Z", 100);
    const other = cbg("2026-03-01T00:05:00Z", 100);
    const named = await preview(
      fileOf(reading, {
        type: "food",
        time: "2026-03-01T01:00:00Z",
        timezone: "Asia/Kolkata",
        nutrition: { carbohydrate: { net: 20, units: "grams" } }
      })
    );
    expect(localTimeBy(named.clock).offsetAt(0)).toBe(330);
    expect((await preview(fileOf(reading, other))).clock).toEqual({ by: "nothing" });
    const told = await preview(fileOf({ ...reading, timezoneOffset: 60, timezone: "Asia/Kolkata" }, other));
    expect(localTimeBy(told.clock).offsetAt(0)).toBe(60);
  });

  it("shows the unit that most readings are in", async () => {
    expect((await preview(fileOf(...readings(2, 5.5, "mmol/L"), cbg("2026-03-02T00:05:00Z", 100)))).unit).toBe(
      "mmol/L"
    );
  });

  it("says that values labelled mg/dL look like mmol/L, and asks before they are sent", async () => {
    const { findings } = await preview(fileOf(...readings(50, 8.1)));
    expect(findings).toMatchObject([
      { code: "unit-mix-up", needsConsent: true, message: expect.stringContaining("50 glucose values labelled mg/dL") }
    ]);
    expect((await preview(fileOf(...readings(50, 8.1, "mmol/L")))).findings).toEqual([]);
    expect((await preview(fileOf(...readings(50, 39)))).findings).toEqual([]);
  });

  it("names a reading in 2099, and shows the days of the others", async () => {
    const { findings, glucose, summary } = await preview(
      fileOf(...readings(50), cbg("2099-01-02T12:00:00Z", 100, { origin: { id: "odd" } }))
    );
    expect(findings).toMatchObject([{ code: "odd-times", message: expect.stringContaining("2 Jan 2099") }]);
    expect([glucose.times.length, summary.count]).toEqual([50, 50]);
    expect(summary.sensorActive).toBeGreaterThan(99);
  });

  it("asks for the zone of a file of clock times, and reads it with the answer", async () => {
    const asked = await open([clarity]);
    expect(asked).toMatchObject({
      status: "asking",
      parts: [{ format: "Dexcom Clarity CSV" }],
      needs: [{ kind: "timezone" }]
    });
    const { kinds, glucose, clock, parts } = await preview(clarity, { timezone: "Europe/Berlin" });
    expect(kinds).toEqual([["cbg", 2]]);
    expect(new Date(glucose.times[0] ?? 0).toISOString()).toBe("2026-02-28T23:04:00.000Z");
    expect(clock).toEqual({ by: "zone", zone: "Europe/Berlin", toldBy: "person" });
    expect(parts[0]?.devices.length).toBeGreaterThan(0);
  });

  it("reads several files at once, and tells the one that it cannot read", async () => {
    const pdf = new File(["%PDF-1.7\n%âãÏÓ\n1 0 obj"], "report.pdf");
    const opened = await open([fileOf(...readings(3)), pdf]);
    expect(opened).toMatchObject({
      status: "ready",
      preview: { counts: { sent: 3 }, refused: [{ file: "report.pdf", message: expect.stringMatching(/\w+ .+\./) }] }
    });
  });

  it.for([
    ["an empty file", ""],
    ["a file of no format", "glucose;100\n"],
    ["a JSON object that is no list", '{\n "a": 1\n}']
  ] as const)("refuses %s with a reason", async ([, text]) => {
    await expect(open([new File([text], "a.json")])).rejects.toThrow(/\w+ .+\./);
  });
});
