import { existsSync, readFileSync } from "node:fs";
import { bands, gmi, gmiMmolMol, type Reading, summarize } from "@tideway/metrics";
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
    // Whoever made these numbers averaged all rows: the 44 readings that Subject 07 has twice count twice in them.
    const summaries = [readings, inMmol].map((all) => summarize(all, { doubles: "each" }));
    for (const summary of summaries) {
      expect(summary.count).toBe(expected["n"]);
      for (const band of bands) expect(summary.bands[band], band).toBeCloseTo(expected[band] ?? Number.NaN, 9);
      expect(summary.tightRange).toBeCloseTo(expected["tightRange70_140"] ?? Number.NaN, 9);
      expect(summary.gri).toBeCloseTo(expected["gri"] ?? Number.NaN, 9);
      expect(summary.sensorActive).toBeCloseTo(expected["activePercent_countOverSpan"] ?? Number.NaN, 9);
      // The platform stores five decimals of mmol/L: no more digits than that come back.
      const digits = summary === summaries[0] ? 9 : 3;
      expect(summary.mean).toBeCloseTo(expected["mean"] ?? Number.NaN, digits);
      expect(summary.sd).toBeCloseTo(expected["sd"] ?? Number.NaN, digits);
      expect(summary.cv).toBeCloseTo(expected["cv"] ?? Number.NaN, digits);
      expect(gmi(summary.mean as number)).toBeCloseTo(expected["gmi"] ?? Number.NaN, digits);
      expect(gmiMmolMol(summary.mean as number)).toBeCloseTo(expected["gmi_mmol_mol"] ?? Number.NaN, digits);
      for (const [name, value] of Object.entries(summary.percentiles)) {
        expect(value, name).toBeCloseTo(expected[name] ?? Number.NaN, digits);
      }
    }
  });
});
