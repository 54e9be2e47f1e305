import { readFileSync } from "node:fs";
import { check } from "@tideway/schemas";
import { describe, expect, it } from "vitest";
import { fileOf, hasSamples, samplePath } from "./input-files.ts";
import { readSource } from "./read-source.ts";

type RawRecord = Readonly<Record<string, unknown>>;

const textOf = (name: string): string => readFileSync(samplePath(`tidepool/${name}.json`), "utf8");
const recordsOf = (name: string) => JSON.parse(textOf(name)) as ReadonlyArray<RawRecord>;
const countsOf = (records: ReadonlyArray<RawRecord>) => {
  const counts: Record<string, number> = {};
  for (const record of records) {
    const type = record["type"] as string;
    if (type !== "upload") counts[type] = (counts[type] ?? 0) + 1;
  }
  return counts;
};

/** What a record is on the platform once more: a bolus inside a wizard is a bolus. */
const split = (datums: ReadonlyArray<RawRecord>): ReadonlyArray<RawRecord> =>
  datums.flatMap((datum) =>
    (datum["type"] === "wizard" && typeof datum["bolus"] === "object") || typeof datum["status"] === "object"
      ? [datum, (datum["bolus"] ?? datum["status"]) as RawRecord]
      : [datum]
  );

describe.skipIf(!hasSamples)("the JSON exports in ../shared/samples/tidepool", () => {
  it.each(["device-Tandem-G6", "device-Loop"])(
    "%s, as the API gives it: every record that is no session, with its values",
    async (name) => {
      const raw = recordsOf(name);
      const { datums, problems } = await readSource(fileOf("export.json", textOf(name)));
      expect(datums.filter((datum) => !check(datum).ok)).toEqual([]);
      expect(problems.filter(({ outcome }) => outcome === "rejected")).toEqual([]);
      expect(countsOf(split(datums))).toEqual(countsOf(raw));
      const readings = (records: ReadonlyArray<RawRecord>) =>
        records
          .filter(({ type }) => type === "cbg")
          .map(({ time, value, units }) => `${Date.parse(time as string)} ${String(value)} ${String(units)}`)
          .sort();
      expect(readings(datums)).toEqual(readings(raw));
    }
  );

  it("device-Tandem-G6, as the export service writes it, with payload and annotations as texts, gives the same datums", async () => {
    const service = recordsOf("device-Tandem-G6").map((record) =>
      Object.fromEntries(
        Object.entries(record)
          .map(([key, value]) => [key, key === "payload" || key === "annotations" ? JSON.stringify(value) : value])
          .sort()
      )
    );
    const raw = await readSource(fileOf("export.json", textOf("device-Tandem-G6")));
    const { datums } = await readSource(fileOf("export.json", JSON.stringify(service)));
    expect(datums).toEqual(raw.datums);
  });

  it("example-from-j-jellyfish, with Python's texts and nulls: every record that has its values", async () => {
    const raw = recordsOf("example-from-j-jellyfish");
    const { datums, problems } = await readSource(fileOf("export.json", textOf("example-from-j-jellyfish")));
    expect(datums.filter((datum) => !check(datum).ok)).toEqual([]);
    const rejected = problems.filter(({ outcome }) => outcome === "rejected").length;
    const all = Object.values(countsOf(raw)).reduce((sum, count) => sum + count, 0);
    expect(split(datums).length + rejected).toBe(all);
    const { cbg, smbg, basal } = countsOf(split(datums));
    // Some were stripped of their values before they were published.
    const expected = countsOf(
      raw.filter(({ type, value }) => type === "basal" || (value !== null && value !== undefined))
    );
    expect({ cbg, smbg, basal }).toEqual({ cbg: expected["cbg"], smbg: expected["smbg"], basal: expected["basal"] });
    expect(JSON.stringify(datums)).not.toMatch(/'logIndices'|"None"|: ?null/u);
  });
});
