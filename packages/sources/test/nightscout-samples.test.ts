import { readFileSync } from "node:fs";
import { check } from "@tideway/schemas";
import { describe, expect, it } from "vitest";
import { fileOf, hasSamples, sample, samplePath } from "./input-files.ts";
import { type ReadDatum, readSource } from "./read-source.ts";

type Raw = Record<string, unknown>;

const quartet = (name: string) => ["entries", "treatments", "profile"].map((part) => `nightscout/${name}_${part}.json`);
const raw = (path: string): Array<Raw> => JSON.parse(readFileSync(samplePath(path), "utf8")) as Array<Raw>;
const read = async (...paths: ReadonlyArray<string>) =>
  readSource(await Promise.all(paths.map((path) => sample(path))));
const of = (datums: ReadonlyArray<ReadDatum>, type: string, sub?: string) =>
  datums.filter((datum) => datum.type === type && (!sub || datum.subType === sub || datum.deliveryType === sub));
const sum = (numbers: ReadonlyArray<number>) => numbers.reduce((total, number) => total + number, 0);
const numberOf = (value: unknown) => (typeof value === "number" ? value : 0);

/** Counted with a pocket calculator's means from the raw file: nothing of the reader is used. */
const independent = (entries: ReadonlyArray<Raw>) => {
  const values = entries.map(({ sgv }) => sgv as number).filter((value) => value >= 39);
  const dates = entries.filter(({ sgv }) => (sgv as number) >= 39).map(({ date }) => Math.round(date as number));
  return {
    count: values.length,
    mean: sum(values) / values.length,
    inRange: values.filter((value) => value >= 70 && value <= 180).length / values.length,
    first: new Date(Math.min(...dates)).toISOString(),
    last: new Date(Math.max(...dates)).toISOString()
  };
};

const ofDatums = (datums: ReadonlyArray<ReadDatum>) => {
  const cbg = of(datums, "cbg");
  const values = cbg.map(({ value }) => value as number);
  const times = cbg.map(({ time }) => time).sort();
  return {
    count: values.length,
    mean: sum(values) / values.length,
    inRange: values.filter((value) => value >= 70 && value <= 180).length / values.length,
    first: times[0],
    last: times.at(-1)
  };
};

const byEvent = (treatments: ReadonlyArray<Raw>, ...events: ReadonlyArray<string>) =>
  treatments.filter(({ eventType }) => events.includes(eventType as string));

describe.skipIf(!hasSamples)("samples of Nightscout", () => {
  it.each([
    // By jq: length, and min and max of .date, after select(.sgv >= 39).
    ["iaps_nightscout", 996, "2026-03-31T10:27:20.000Z", "2026-04-05T20:30:29.000Z"],
    ["patient_a", 287, "2026-01-01T03:11:16.", "2026-01-02T03:01:16.610Z"],
    ["trio_dynisf", 10, "2026-04-18T22:35:17.388Z", "2026-04-18T23:20:17.757Z"]
  ])("reads the files of %s as one, with the readings of the raw file", async (name, count, first, last) => {
    const paths = quartet(name);
    const { source, datums, problems } = await read(...paths);
    expect(source.parts).toMatchObject([{ format: { id: "nightscout" } }]);
    expect(problems).toEqual([]);
    expect(datums.filter((datum) => !check(datum).ok)).toEqual([]);
    expect(new Set(datums.map(({ origin }) => origin.id)).size).toBe(datums.length);
    const found = ofDatums(datums);
    expect(found).toEqual(independent(raw(paths[0]!)));
    expect(found.count).toBe(count);
    expect(found.first).toContain(first);
    expect(found.last).toBe(last);
  });

  it.each(["iaps_nightscout", "patient_a", "trio_dynisf"])("tells insulin and food of %s whole", async (name) => {
    const paths = quartet(name);
    const { datums } = await read(...paths);
    const treatments = raw(paths[1]!);
    const boluses = byEvent(treatments, "Bolus", "Correction Bolus");
    const automated = byEvent(treatments, "SMB");
    expect(of(datums, "bolus", "normal")).toHaveLength(boluses.length);
    expect(of(datums, "bolus", "automated")).toHaveLength(automated.length);
    expect(sum(of(datums, "bolus").map(({ normal }) => normal as number))).toBeCloseTo(
      sum([...boluses, ...automated].map(({ insulin }) => numberOf(insulin))),
      9
    );
    const grams = ({ nutrition }: ReadDatum) => (nutrition as { carbohydrate: { net: number } }).carbohydrate.net;
    expect(sum(of(datums, "food").map(grams))).toBe(sum(treatments.map(({ carbs }) => numberOf(carbs))));
  });

  it.each([
    ["iaps_nightscout", 342, 0],
    ["patient_a", 142, 1],
    ["trio_dynisf", 53, 1]
  ])("tells the basal of %s as a timeline without overlaps", async (name, automated, suspended) => {
    const { datums } = await read(...quartet(name));
    const basals = of(datums, "basal");
    expect(of(datums, "basal", "automated")).toHaveLength(automated);
    expect(of(datums, "basal", "suspend")).toHaveLength(suspended);
    let end = 0;
    for (const { time, duration } of basals) {
      expect(Date.parse(time)).toBeGreaterThanOrEqual(end);
      end = Date.parse(time) + numberOf(duration);
    }
  });

  it("counts 462 starts of one sensor as one", async () => {
    const { source } = await read(...quartet("iaps_nightscout"));
    const counts = source.parts[0]?.notes.notMapped;
    expect(counts?.get("Sensor Start")).toBe(1);
    expect(counts?.get("Sensor Start that is there already")).toBe(461);
    expect(counts?.get("reading below 39 mg/dL, which sensors do not give")).toBe(4);
  });

  it("takes a fixed offset of a profile as it stands, by the sign that IANA's names have", async () => {
    const { datums } = await read("nightscout/patient_a_profile.json");
    expect(datums).toHaveLength(10);
    expect(datums[0]).toMatchObject({
      type: "pumpSettings",
      time: "2026-04-01T16:06:21.000Z",
      timezone: "Etc/GMT+7",
      timezoneOffset: -420,
      deviceTime: "2026-04-01T09:06:21",
      units: { bg: "mmol/L", carb: "grams", insulin: "Units" }
    });
  });

  it("gives a reading one id, whether it comes as JSON or as CSV", async () => {
    const csv = await read("nightscout/iaps_entries_v1.csv");
    const json = await read("nightscout/iaps_nightscout_entries.json");
    expect(csv.source.parts).toMatchObject([{ format: { id: "nightscout" } }]);
    const ids = (datums: ReadonlyArray<ReadDatum>) => datums.map(({ origin }) => origin.id).sort();
    expect(ids(csv.datums)).toHaveLength(996);
    expect(ids(csv.datums)).toEqual(ids(json.datums));
  });

  it("gives the same datums for a shuffled, split and doubled copy", async () => {
    const paths = quartet("iaps_nightscout");
    const whole = await read(...paths);
    const [entries = [], treatments = [], profiles = []] = paths.map(raw);
    const mixed = [...entries, ...treatments].sort((a, b) => String(a["_id"]).localeCompare(String(b["_id"])));
    const copies = await readSource([
      fileOf("b.json", JSON.stringify(mixed.slice(900))),
      fileOf("a.ndjson", mixed.map((each) => `${JSON.stringify(each)}\r\n`).join("")),
      fileOf("p.json", JSON.stringify({ status: 200, result: profiles })),
      fileOf("all.json", JSON.stringify(mixed.slice(0, 1000), undefined, 2))
    ]);
    const sorted = (datums: ReadonlyArray<ReadDatum>) =>
      [...datums].sort((a, b) => (a.origin.id < b.origin.id ? -1 : 1));
    expect(sorted(copies.datums)).toEqual(sorted(whole.datums));
  });
});
