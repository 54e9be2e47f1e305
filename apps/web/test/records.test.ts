import { summarize } from "@tideway/metrics";
import { sampleDatums } from "@tideway/sandbox/sample";
import { describe, expect, it } from "vitest";
import { datumInWords } from "../src/preview/datum-in-words.ts";
import { plainKind } from "../src/preview/plain-kinds.ts";
import { previewSource } from "../src/preview/preview-source.ts";
import { RecordTable } from "../src/preview/record-table.ts";

const end = "2026-03-15T00:00:00.000Z";
const datums = [...sampleDatums({ days: 14, end })] as ReadonlyArray<Record<string, unknown>>;
const file = new File([datums.map((datum) => JSON.stringify(datum)).join("\n")], "a.ndjson");
const opened = await previewSource({ files: [file], answers: {}, now: Date.parse(end) });
if (opened.status !== "ready") throw new Error("It asks.");
const { preview, records } = opened;
const table = new RecordTable(records.records);
const all = { search: "", order: "time", isDescending: false, from: 0, count: 5 } as const;

describe("the numbers of a period", () => {
  it("equal those of metrics over the same readings", () => {
    const period = { from: Date.parse(end) - 5 * 86_400_000, to: Date.parse(end) };
    const view = records.view({ period, targets: "pregnancyType1" });
    const expected = summarize(datums as never, {
      period,
      now: Date.parse(end),
      targets: { veryLow: 54, low: 63, high: 140, veryHigh: 250, goals: {} }
    });
    expect(view.summary).toMatchObject({ bands: expected.bands, mean: expected.mean, count: expected.count });
    expect(view.summary.count).toBeLessThan(preview.summary.count);
  });

  it("have all days, whatever the period", () => {
    const period = { from: Date.parse(end) - 86_400_000, to: Date.parse(end) };
    expect(records.view({ period, targets: "standard" }).daily).toEqual(preview.daily);
  });
});

describe("the table of records", () => {
  it("has every record once, in the order that is asked for", () => {
    const { total, rows } = table.page(all);
    expect(total).toBe(records.records.size);
    expect(rows.map(({ time }) => time)).toEqual(rows.map(({ time }) => time).toSorted((a, b) => a - b));
    const [last] = table.page({ ...all, isDescending: true, count: 1 }).rows;
    expect(last?.time).toBe(Math.max(...records.records.times));
  });

  it("sorts values as numbers: 9 comes before 10", () => {
    const { total } = table.page({ ...all, search: "cbg" });
    const { rows } = table.page({ ...all, search: "cbg", order: "words", count: total });
    const values = rows.map(({ words }) => Number.parseFloat(words));
    expect(values).toEqual(values.toSorted((a, b) => a - b));
    expect(values.length).toBe(preview.kinds.find(([kind]) => kind === "cbg")?.[1]);
  });

  it("finds by plain words, by kind, and by day", () => {
    const boluses = table.page({ ...all, search: "boluses" }).total;
    expect(boluses).toBe(
      preview.kinds.filter(([kind]) => kind.startsWith("bolus/")).reduce((sum, [, count]) => sum + count, 0)
    );
    const { rows } = table.page({ ...all, search: "2026-03-10" });
    expect(rows.every(({ time }) => new Date(time).toISOString().startsWith("2026-03-10"))).toBe(true);
    expect(table.page({ ...all, search: "no such thing" })).toEqual({ total: 0, rows: [] });
  });

  it("gives a datum as it is sent, one that stood inside another too", () => {
    const { rows } = table.page({ ...all, search: "boluses", count: 1 });
    expect(table.datumAt(rows[0]?.row ?? -1)).toMatchObject({ type: "bolus", origin: { id: expect.any(String) } });
  });
});

describe("plain words", () => {
  it("say what a datum says", () => {
    expect(datumInWords({ type: "cbg", value: 5.4, units: "mmol/L" })).toBe("5.4 mmol/L");
    expect(datumInWords({ type: "bolus", normal: 2, extended: 1.5, duration: 3_600_000 })).toBe(
      "2 U + 1.5 U over 60 min"
    );
    expect(datumInWords({ type: "basal", deliveryType: "scheduled", rate: 0.825, duration: 1_800_000 })).toBe(
      "0.825 U/h for 30 min"
    );
    expect(datumInWords({ type: "wizard", carbInput: 60 })).toBe("60 g");
    expect(datumInWords({ type: "something" })).toBe("");
  });

  it("name kinds, and leave those that are not known as they are", () => {
    expect(["cbg", "bolus/square", "deviceEvent/prime", "new/kind"].map(plainKind)).toEqual([
      "CGM readings",
      "extended boluses",
      "primings",
      "new/kind"
    ]);
  });
});
