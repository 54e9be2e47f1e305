import { readdirSync } from "node:fs";
import { check, toMgdl } from "@tideway/schemas";
import { describe, expect, it } from "vitest";
import { hasSamples, sample, samplePath } from "./input-files.ts";
import { readSource } from "./read-source.ts";

/** What a sample comes to: datums by type; of sensor readings the first, the last, the mean in mg/dL and the percentage from 70 to 180. */
interface Expected {
  readonly format: string;
  readonly types: Readonly<Record<string, number>>;
  readonly cbg?: readonly [first: string, last: string, mean: number, inRange: number];
}

/**
 * Worked out apart from this package, with the csv, json, re, zipfile and datetime modules of Python over the raw files:
 *
 * - Clarity: rows whose type is EGV, `Low` as 39. LibreView: rows of record type 0 (`cbg`) and 1 (`smbg`), dates as %m-%d-%Y and %d-%m-%Y.
 * - CareLink, Glooko: cells of the sensor's column, each line once. AZT1D: pairs of time and CGM, each once. iglu: all rows.
 * - Apple Health: records of BloodGlucose with another source, start or value, without those that were typed in; mmol/L × 18.01559.
 * - Nightscout: `sgv` from 39 on, by `date`. Tidepool: records by type, without `upload` and those without a value.
 *
 * Clock times are read as UTC here. Counts of what is no reading are looked into by the tests of each format.
 */
const samples: Readonly<Record<string, Expected>> = {
  "apple-health/export6s3sample.xml": { format: "apple-health", types: { physicalActivity: 1 } },
  "apple-health/synthetic/export.zip": {
    format: "apple-health",
    types: { cbg: 13_385, bolus: 714, food: 583, basal: 7554, smbg: 1, physicalActivity: 1 },
    cbg: ["2023-12-16T07:01:58.000Z", "2024-02-01T06:55:58.000Z", 142.517, 84.894]
  },
  "apple-health/synthetic/export_mgdl.xml": {
    format: "apple-health",
    types: { cbg: 13_385, bolus: 714, food: 583, basal: 7554, smbg: 1, physicalActivity: 1 },
    cbg: ["2023-12-16T07:01:58.000Z", "2024-02-01T06:55:58.000Z", 142.517, 84.983]
  },
  "azt1d/subject_07.csv": {
    format: "azt1d",
    types: { cbg: 13_385, bolus: 714, food: 583 },
    cbg: ["2023-12-16T00:01:58.000Z", "2024-01-31T23:55:58.000Z", 142.517, 84.983]
  },
  "carelink/guardian_connect_eu.csv": {
    format: "carelink",
    types: { cbg: 22_149, insulin: 360, smbg: 255, food: 205 },
    cbg: ["2021-04-30T14:25:15.000Z", "2021-07-25T00:32:50.000Z", 121.185, 65.75]
  },
  "dexcom-clarity/Clarity_Export_synthetic.csv": {
    format: "dexcom-clarity",
    types: { cbg: 3922, insulin: 47 },
    cbg: ["1961-04-12T00:56:47.000Z", "1961-04-25T18:52:23.000Z", 124.382, 65.094]
  },
  "glooko/anja-demo-data.zip": {
    format: "glooko",
    types: { cbg: 13_774, wizard: 393, basal: 7798 },
    cbg: ["2024-01-12T00:01:16.000Z", "2024-02-29T23:55:39.000Z", 137.001, 79.156]
  },
  "iglu/example_data_1_subject.csv": {
    format: "iglu",
    types: { cbg: 2915 },
    cbg: ["2015-06-06T16:50:27.000Z", "2015-06-19T08:59:36.000Z", 123.666, 91.664]
  },
  "libreview/FreeStyle_Libre_3_synthetic.csv": {
    format: "libreview",
    types: { cbg: 4305, smbg: 316 },
    cbg: ["1961-04-12T22:30:00.000Z", "1961-04-27T21:10:00.000Z", 86.424, 91.916]
  },
  "libreview/us_mgdl_12h.csv": {
    format: "libreview",
    types: { cbg: 3562, smbg: 317 },
    cbg: ["2021-05-30T16:59:00.000Z", "2021-07-20T07:40:00.000Z", 77.77, 69.343]
  },
  "nightscout/iaps_entries_v1.csv": {
    format: "nightscout",
    types: { cbg: 996 },
    cbg: ["2026-03-31T10:27:20.000Z", "2026-04-05T20:30:29.000Z", 167.966, 56.225]
  },
  "nightscout/iaps_nightscout_entries.json": {
    format: "nightscout",
    types: { cbg: 996 },
    cbg: ["2026-03-31T10:27:20.000Z", "2026-04-05T20:30:29.000Z", 167.966, 56.225]
  },
  "nightscout/iaps_nightscout_profile.json": { format: "nightscout", types: { pumpSettings: 9 } },
  "nightscout/iaps_nightscout_treatments.json": {
    format: "nightscout",
    types: { bolus: 173, food: 9, deviceEvent: 12, basal: 342 }
  },
  "nightscout/patient_a_entries.json": {
    format: "nightscout",
    types: { cbg: 287 },
    cbg: ["2026-01-01T03:11:16.210Z", "2026-01-02T03:01:16.610Z", 265.028, 35.54]
  },
  "nightscout/patient_a_profile.json": { format: "nightscout", types: { pumpSettings: 10 } },
  "nightscout/patient_a_treatments.json": {
    format: "nightscout",
    types: { bolus: 6, deviceEvent: 4, food: 1, basal: 143 }
  },
  "nightscout/trio_dynisf_entries.json": {
    format: "nightscout",
    types: { cbg: 10 },
    cbg: ["2026-04-18T22:35:17.388Z", "2026-04-18T23:20:17.757Z", 193.5, 10]
  },
  "nightscout/trio_dynisf_profile.json": { format: "nightscout", types: { pumpSettings: 10 } },
  "nightscout/trio_dynisf_treatments.json": {
    format: "nightscout",
    types: { bolus: 31, food: 8, physicalActivity: 4, deviceEvent: 3, basal: 54 }
  },
  "tidepool/device-Loop.json": {
    format: "tidepool",
    types: { cbg: 2, basal: 1, deviceEvent: 2, food: 1, smbg: 1, physicalActivity: 1, bolus: 1 },
    cbg: ["2019-11-07T21:18:49.452Z", "2019-11-07T21:23:49.324Z", 220, 0]
  },
  "tidepool/device-Tandem-G6.json": {
    format: "tidepool",
    types: { pumpSettings: 2, cbg: 2170, basal: 112, deviceEvent: 63, wizard: 26, smbg: 28 },
    cbg: ["2019-05-24T00:00:10.000Z", "2019-05-31T18:21:14.000Z", 154.195, 69.355]
  },
  "tidepool/example-from-j-jellyfish.json": {
    format: "tidepool",
    types: { basal: 498, cbg: 976, wizard: 5, bolus: 215 },
    cbg: ["2018-01-17T10:51:17.000Z", "2018-01-28T11:17:57.000Z", 141.334, 67.52]
  }
};

const noSamples = new Set(["README.md", "iglu/expected_metrics.json"]);
const rounded = (value: number) => Math.round(value * 1000) / 1000;

describe.skipIf(!hasSamples)("the samples", () => {
  it("are all here", () => {
    const files = readdirSync(samplePath("."), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => `${parentPath}/${name}`.replace(samplePath("."), "").replace(/^\/+/u, ""))
      .filter((path) => !noSamples.has(path));
    expect(files.sort()).toEqual(Object.keys(samples).sort());
  });

  it.each(Object.entries(samples))("%s is read, with what was worked out from its raw text", async (path, expected) => {
    const { source, datums } = await readSource(await sample(path), { timezone: "Etc/UTC" });
    expect(source.parts.map(({ format }) => format.id)).toEqual([expected.format]);
    const types: Record<string, number> = {};
    const times: Array<string> = [];
    const values: Array<number> = [];
    for (const datum of datums) {
      types[datum.type] = (types[datum.type] ?? 0) + 1;
      if (!check(datum).ok) expect(check(datum)).toEqual({ ok: true });
      if (datum.type !== "cbg") continue;
      times.push(new Date(datum.time).toISOString());
      const { value, units } = datum as unknown as { readonly value: number; readonly units: string };
      values.push(units.startsWith("mmol") ? toMgdl(value) : value);
    }
    expect(types).toEqual(expected.types);
    if (!expected.cbg) return;
    times.sort();
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const inRange = values.filter((value) => value >= 70 && value <= 180).length / values.length;
    expect([times[0], times.at(-1), rounded(mean), rounded(inRange * 100)]).toEqual(expected.cbg);
  });
});
