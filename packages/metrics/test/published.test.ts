import { existsSync, readFileSync } from "node:fs";
import { bands, gmi, type Reading, summarize } from "@tideway/metrics";
import { toMmolL } from "@tideway/schemas";
import { describe, expect, it } from "vitest";

const samples = new URL("../../../../shared/samples/", import.meta.url);

const rows = (file: string): ReadonlyArray<ReadonlyArray<string>> =>
  readFileSync(new URL(file, samples), "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));

const readingOf = (time: string, value: string): Reading => ({
  time: `${time.replace(" ", "T")}Z`,
  value: Number(value),
  units: "mg/dL"
});

const subjects: Record<string, () => ReadonlyArray<Reading>> = {
  "iglu/Subject 1": () =>
    rows("iglu/example_data_1_subject.csv").map(([, , time = "", value = ""]) => readingOf(time, value)),
  "azt1d/subject_07": () =>
    rows("azt1d/subject_07.csv")
      .filter((row) => (row[8] ?? "").trim() !== "")
      .map((row) => readingOf(row[0] ?? "", row[8] ?? ""))
};

describe.skipIf(!existsSync(samples))("published values (needs ../shared/samples)", () => {
  it.for(Object.entries(subjects))("come out of the data of %s, in either unit", ([name, read]) => {
    const all = JSON.parse(readFileSync(new URL("iglu/expected_metrics.json", samples), "utf8")) as Record<
      string,
      Record<string, number>
    >;
    const expected = all[name] ?? {};
    const readings = read();
    const inMmol = readings.map((reading) => ({
      ...reading,
      value: toMmolL(reading.value),
      units: "mmol/L"
    }));
    for (const summary of [summarize(readings), summarize(inMmol)]) {
      expect(summary.count).toBe(expected["n"]);
      for (const band of bands) expect(summary.bands[band], band).toBeCloseTo(expected[band] ?? Number.NaN, 9);
      expect(summary.mean).toBeCloseTo(expected["mean"] ?? Number.NaN, 4);
      expect(summary.sd).toBeCloseTo(expected["sd"] ?? Number.NaN, 4);
      expect(summary.cv).toBeCloseTo(expected["cv"] ?? Number.NaN, 4);
      expect(summary.gri).toBeCloseTo(expected["gri"] ?? Number.NaN, 9);
      expect(gmi(summary.mean as number)).toBeCloseTo(expected["gmi"] ?? Number.NaN, 4);
      expect(summary.sensorActive).toBeCloseTo(expected["activePercent_countOverSpan"] ?? Number.NaN, 9);
    }
  });
});
