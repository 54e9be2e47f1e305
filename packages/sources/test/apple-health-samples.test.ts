import { readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";
import { check } from "@tideway/schemas";
import { describe, expect, it } from "vitest";
import { fileOf, hasSamples, sample, samplePath } from "./input-files.ts";
import { type ReadDatum, readSource } from "./read-source.ts";

const xml = "apple-health/synthetic/export_mgdl.xml";
const zip = "apple-health/synthetic/export.zip";

/** The text of a sample, by Node's own means. */
const rawText = (path: string): string => {
  const bytes = readFileSync(samplePath(path));
  if (!path.endsWith(".zip")) return bytes.toString();
  return inflateRawSync(bytes.subarray(30 + bytes.readUInt16LE(26) + bytes.readUInt16LE(28))).toString();
};

/** Records of a kind, by cutting lines at the words before their values: these files have every record on a line. */
const rawRecords = (text: string, type: string, metadata = "") =>
  text
    .split("<Record ")
    .filter((part) => part.includes(`Identifier${type}"`) && part.includes(metadata))
    .map((part) => {
      const cut = (name: string) => part.split(` ${name}="`)[1]!.split('"')[0]!;
      const time = (name: string) => {
        const [date = "", clock = "", offset = ""] = cut(name).split(" ");
        return Date.parse(`${date}T${clock}${offset.slice(0, 3)}:${offset.slice(3)}`);
      };
      return { value: Number(cut("value")), start: time("startDate"), end: time("endDate") };
    });

const distinct = <R>(records: ReadonlyArray<R>): ReadonlyArray<R> => [
  ...new Map(records.map((record) => [JSON.stringify(record), record])).values()
];
const sum = (numbers: ReadonlyArray<number>) => numbers.reduce((total, number) => total + number, 0);
const times = (datums: ReadonlyArray<ReadDatum>) => datums.map(({ time }) => Date.parse(time));

describe.skipIf(!hasSamples)("Apple Health in ../shared/samples", () => {
  it.each([
    [xml, "mg/dL", 70, 180],
    [zip, "mmol/L", 3.9, 10]
  ] as const)("%s gives what a count of its raw lines gives", async (path, units, low, high) => {
    const { datums, problems } = await readSource(await sample(path));
    for (const datum of datums) expect(check(datum)).toEqual({ ok: true });
    expect(problems.filter(({ outcome }) => outcome === "rejected")).toEqual([]);
    const text = rawText(path);
    const of = (type: string) => datums.filter((datum) => datum.type === type);

    const entered = rawRecords(text, "BloodGlucose", "HKWasUserEntered");
    const glucose = distinct(rawRecords(text, "BloodGlucose", "SyncIdentifier"));
    const cbg = of("cbg");
    expect(of("smbg").map(({ value }) => value)).toEqual(entered.map(({ value }) => value));
    expect(cbg).toHaveLength(glucose.length);
    expect(new Set(cbg.map((datum) => datum["units"]))).toEqual(new Set([units]));
    expect(new Set(cbg.map((datum) => datum["sampleInterval"]))).toEqual(new Set([300_000]));
    expect(Math.min(...times(cbg))).toBe(Math.min(...glucose.map(({ start }) => start)));
    expect(Math.max(...times(cbg))).toBe(Math.max(...glucose.map(({ start }) => start)));
    const numbers = cbg.map(({ value }) => value as number);
    const raw = glucose.map(({ value }) => value);
    expect(sum(numbers) / numbers.length).toBeCloseTo(sum(raw) / raw.length, 9);
    const inRange = (all: ReadonlyArray<number>) => all.filter((value) => value >= low && value <= high).length;
    expect(inRange(numbers)).toBe(inRange(raw));

    const bolus = distinct(rawRecords(text, "InsulinDelivery", 'Reason" value="2"'));
    expect(of("bolus")).toHaveLength(bolus.length);
    expect(sum(of("bolus").map((datum) => datum["normal"] as number))).toBeCloseTo(
      sum(bolus.map(({ value }) => value)),
      9
    );

    const carbs = distinct(rawRecords(text, "DietaryCarbohydrates"));
    const grams = (datum: ReadDatum) => (datum["nutrition"] as { carbohydrate: { net: number } }).carbohydrate.net;
    expect(of("food")).toHaveLength(carbs.length);
    expect(sum(of("food").map(grams))).toBeCloseTo(sum(carbs.map(({ value }) => value)), 9);

    // Of basals that begin together, the one with the smaller dose is kept; what reaches far into the next is cut.
    const basal = rawRecords(text, "InsulinDelivery", 'Reason" value="1"');
    const starts = new Map<number, number>();
    for (const { start, value } of basal) starts.set(start, Math.min(value, starts.get(start) ?? Infinity));
    const timeline = of("basal").toSorted((one, other) => (one.time < other.time ? -1 : 1));
    expect(timeline).toHaveLength(starts.size);
    for (const [index, datum] of timeline.slice(1).entries()) {
      const before = timeline[index]!;
      expect(Date.parse(before.time) + (before["duration"] as number)).toBeLessThanOrEqual(Date.parse(datum.time));
    }
    const delivered = timeline.map((datum) => ((datum["rate"] as number) * (datum["duration"] as number)) / 3_600_000);
    const dose = sum([...starts.values()]);
    expect(sum(delivered)).toBeGreaterThan(dose * 0.999);
    expect(sum(delivered)).toBeLessThan(dose * 1.000_001);

    expect(of("physicalActivity")).toMatchObject([
      { activityType: "running", timezone: "America/Denver", duration: { value: 31.5, units: "minutes" } }
    ]);
  });

  it("both files of one sensor, by two apps and in two units, give each reading once", async () => {
    const { datums, problems } = await readSource([await sample(xml), await sample(zip)]);
    const cbg = datums.filter(({ type }) => type === "cbg");
    expect(new Set(times(cbg)).size).toBe(cbg.length);
    expect(new Set(cbg.map(({ deviceId }) => deviceId))).toEqual(new Set(["Apple Health-Dexcom G6"]));
    const left = problems.filter(({ code }) => code === "same-sensor").length;
    expect(left).toBe(distinct(rawRecords(rawText(zip), "BloodGlucose", "SyncIdentifier")).length);
  });

  it("the real workout of export6s3sample.xml is all that it has for Tidepool", async () => {
    const { datums, problems } = await readSource(await sample("apple-health/export6s3sample.xml"));
    expect(problems).toEqual([]);
    expect(datums).toMatchObject([
      {
        type: "physicalActivity",
        time: "2016-04-02T09:40:38.000Z",
        activityType: "other",
        duration: { value: 31.73680251737436, units: "minutes" },
        energy: { value: 139.3170000000021, units: "kilocalories" }
      }
    ]);
    expect(JSON.stringify(datums)).not.toMatch(/NJR|1965/u);
  });

  it("gives the same ids however it was shuffled, split or doubled", async () => {
    const text = rawText(xml);
    const head = text.slice(0, text.indexOf(" <Record"));
    const records = text
      .slice(head.length, text.indexOf("</HealthData>"))
      .split(/(?=^ <(?:Record|Workout) )/mu)
      .filter((part) => !part.includes("HeartRate"))
      .slice(-6000);
    const ids = async (...files: ReadonlyArray<ReadonlyArray<string>>) => {
      const inputs = files.map((part, index) => fileOf(`${index}.xml`, `${head}${part.join("")}</HealthData>`));
      return [...new Set((await readSource(inputs)).datums.map(({ origin }) => origin.id))].sort();
    };
    const expected = await ids(records);
    expect(expected.length).toBeGreaterThan(5000);
    expect(await ids(records.toSorted((one, other) => (one.slice(-150) < other.slice(-150) ? -1 : 1)))).toEqual(
      expected
    );
    expect(await ids(records.slice(0, 2500), records.slice(2500))).toEqual(expected);
    expect(await ids(records, records)).toEqual(expected);
  });
});
