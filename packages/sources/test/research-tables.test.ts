import { readFileSync } from "node:fs";
import { check } from "@tideway/schemas";
import { describe, expect, it } from "vitest";
import { fileOf, hasSamples, sample, samplePath } from "./input-files.ts";
import { openFiles } from "./open-files.ts";
import { type ReadDatum, readSource } from "./read-source.ts";

const zone = { timezone: "America/Phoenix" };
const linesOf = (path: string) => readFileSync(samplePath(path), "utf8").trimEnd().split("\n");
const valueOf = ({ value }: ReadDatum): number => value as number;
const mean = (numbers: ReadonlyArray<number>) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

interface Expected {
  readonly n: number;
  readonly mean: number;
  readonly target: number;
  readonly start: string;
  readonly end: string;
}

/** The statistics that were worked out beside the samples by iglu's definitions: not by this project. */
const expectedOf = (name: string): Expected =>
  (JSON.parse(readFileSync(samplePath("iglu/expected_metrics.json"), "utf8")) as Record<string, Expected>)[name]!;

const agrees = (cbg: ReadonlyArray<ReadDatum>, { n, mean: expected, target, start, end }: Expected) => {
  expect(cbg).toHaveLength(n);
  expect(mean(cbg.map(valueOf))).toBeCloseTo(expected, 9);
  const inRange = cbg.filter((datum) => valueOf(datum) >= 70 && valueOf(datum) <= 180).length;
  expect((inRange / n) * 100).toBeCloseTo(target, 9);
  const times = cbg.map(({ deviceTime }) => deviceTime as string).sort();
  expect([times[0], times.at(-1)]).toEqual([start, end]);
};

describe.skipIf(!hasSamples)("tables of research data in ../shared/samples", () => {
  it("azt1d/subject_07.csv gives what its raw lines and the published statistics give", async () => {
    const { datums, problems, source } = await readSource(await sample("azt1d/subject_07.csv"), zone);
    expect(source.parts).toMatchObject([{ format: { id: "azt1d" } }]);
    expect(datums.filter((datum) => !check(datum).ok)).toEqual([]);
    const rows = linesOf("azt1d/subject_07.csv")
      .slice(1)
      .map((line) => line.split(","));
    // Some readings stand in two rows, with one time and one value: the statistics count both, and one datum is made.
    const keyOf = (time: string, value: unknown) => `${time.replace(" ", "T")} ${Number(value)}`;
    const cbg = datums.filter(({ type }) => type === "cbg");
    const byKey = new Map(cbg.map((datum) => [keyOf(datum["deviceTime"] as string, datum["value"]), datum]));
    expect(byKey.size).toBe(cbg.length);
    const ofRows = rows.map((cells) => byKey.get(keyOf(cells[0]!, cells[8]))!);
    expect(new Set(ofRows).size).toBe(cbg.length);
    agrees(ofRows, expectedOf("azt1d/subject_07"));
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(["repeated-row"]));
    const total = (numbers: ReadonlyArray<unknown>) => numbers.reduce<number>((sum, each) => sum + Number(each), 0);
    // Where a rate changed within five minutes, the same meal and bolus stand in two rows.
    const unique = (some: ReadonlyArray<ReadonlyArray<string>>, place: number) => [
      ...new Map(some.map((cells) => [`${cells[0]} ${cells[place]}`, Number(cells[place])])).values()
    ];
    const ofType = (type: string) => datums.filter((datum) => datum.type === type);
    for (const [subType, word] of [
      ["normal", "Standard"],
      ["automated", "Automatic"]
    ] as const) {
      const boluses = ofType("bolus").filter((datum) => datum["subType"] === subType);
      const expected = unique(
        rows.filter((cells) => cells[2]!.startsWith(word) && Number(cells[5]) > 0),
        5
      );
      expect(boluses).toHaveLength(expected.length);
      expect(total(boluses.map((datum) => datum["normal"]))).toBeCloseTo(total(expected), 9);
    }
    const meals = unique(rows, 7).filter((grams) => grams > 0);
    const grams = ofType("food").map(
      (datum) => (datum["nutrition"] as { readonly carbohydrate: { readonly net: number } }).carbohydrate.net
    );
    expect(grams).toHaveLength(meals.length);
    expect(total(grams)).toBeCloseTo(total(meals), 9);
    expect(source.parts[0]?.notes.notMapped.get("basal rate without its end")).toBe(
      rows.filter((cells) => cells[3] !== "").length
    );
    expect(new Set(ofType("cbg").map((datum) => datum["sampleInterval"]))).toEqual(new Set([300_000]));
  });

  it("iglu/example_data_1_subject.csv gives what the published statistics give", async () => {
    const { datums, problems, source } = await readSource(await sample("iglu/example_data_1_subject.csv"), zone);
    expect(source.parts).toMatchObject([{ format: { id: "iglu" } }]);
    expect(problems).toEqual([]);
    expect(datums.filter((datum) => !check(datum).ok)).toEqual([]);
    agrees(datums, expectedOf("iglu/Subject 1"));
  });

  it.each(["azt1d/subject_07.csv", "iglu/example_data_1_subject.csv"])(
    "%s gives the same ids however it was shuffled, split, doubled or saved again",
    async (path) => {
      const [headings = "", ...rows] = linesOf(path);
      const ids = async (...texts: ReadonlyArray<string>) => {
        const { datums } = await readSource(
          texts.map((text, index) => fileOf(`${index}.csv`, text)),
          zone
        );
        return [...new Set(datums.map(({ origin }) => origin.id))].sort();
      };
      const whole = [headings, ...rows].join("\n");
      const expected = await ids(whole);
      const half = rows.length >> 1;
      const renumbered = rows.map((row, index) => row.replace(/^"\d+"/u, `"${index + 5}"`));
      expect(await ids([headings, ...rows.toReversed()].join("\r\n"))).toEqual(expected);
      expect(
        await ids([headings, ...rows.slice(0, half)].join("\n"), [headings, ...rows.slice(half)].join("\n"))
      ).toEqual(expected);
      expect(await ids(`${whole}\n${whole}`)).toEqual(expected);
      expect(await ids(`\uFEFF${[headings, ...renumbered].join("\n").replaceAll(",", ";")}`)).toEqual(expected);
    }
  );
});

describe("a table of research data", () => {
  it("of AZT1D may have its columns in the other order, with another name for the glucose", async () => {
    const text =
      "EventDateTime,Readings (CGM / BGM),DeviceMode,BolusType,Basal,CorrectionDelivered,TotalBolusInsulinDelivered,FoodDelivered,CarbSize\n2023-12-16 00:01:58,99,,Extended/Correction,,0,2.5,2.5,30\n";
    const { datums, source } = await readSource(fileOf("a.csv", text), zone);
    expect(datums).toMatchObject([
      { type: "cbg", value: 99 },
      { type: "food", nutrition: { carbohydrate: { net: 30 } } }
    ]);
    expect(source.parts[0]?.notes.notMapped.get("bolus of another type")).toBe(1);
  });

  it("of iglu is refused where it holds several people", async () => {
    const text = '"","id","time","gl"\n"1","A",2015-06-06 16:50:27,153\n"2","B",2015-06-06 16:50:27,120\n';
    await expect(openFiles([fileOf("a.csv", text)], zone)).rejects.toMatchObject({ code: "several-people" });
  });
});
