import { readFileSync } from "node:fs";
import { check } from "@tideway/schemas";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { everyRow, type GlookoLook, type GlookoRows, glookoTexts, glookoZip } from "./glooko-files.ts";
import { fileOf, hasSamples, sample, samplePath, zipOf } from "./input-files.ts";
import { type GivenOptions, openFiles } from "./open-files.ts";
import { type ReadDatum, readSource } from "./read-source.ts";

const utc: GivenOptions = { timezone: "Etc/UTC" };

const read = async (rows: GlookoRows, look: GlookoLook = {}, options: GivenOptions = utc) => {
  const result = await readSource(glookoZip(rows, look), options);
  for (const datum of result.datums) expect(check(datum)).toEqual({ ok: true });
  const { notes } = result.source.parts[0]!;
  return { ...result, notes, notMapped: Object.fromEntries(notes.notMapped) };
};
const idsOf = (datums: ReadonlyArray<ReadDatum>) => datums.map(({ origin }) => origin.id).sort();
const bolusRow = (cells: string) => ({ "Insulin data/bolus_data_1.csv": [cells.split("|")] });

describe("an export of Glooko", () => {
  it.each([
    {},
    { language: "de" },
    { language: "de", delimiter: "\t" },
    { delimiter: ";" }
  ] as ReadonlyArray<GlookoLook>)("becomes datums of every kind that it has, and names the rest: %j", async (look) => {
    const { datums, problems, notMapped, notes } = await read(everyRow, look);
    expect(problems).toEqual([]);
    const of = (type: string) => datums.filter((datum) => datum.type === type);
    expect(of("cbg")).toHaveLength(15);
    expect(of("cbg")[1]).toMatchObject({ value: 111, units: "mg/dL", sampleInterval: 300_000, deviceId: "Glooko-DX1" });
    expect(of("smbg").map(({ value, subType }) => [value, subType])).toEqual([
      [95, undefined],
      [97, "manual"]
    ]);
    expect(of("wizard")).toMatchObject([
      { bgInput: 170, carbInput: 45, insulinCarbRatio: 10, bolus: { subType: "normal", normal: 5.4 } }
    ]);
    expect(of("bolus")).toMatchObject([
      { subType: "dual/square", normal: 2, extended: 3, annotations: [{ code: "bolus/unknown-duration" }] },
      { subType: "normal", normal: 1.25 }
    ]);
    expect(of("food").map(({ nutrition }) => nutrition)).toMatchObject([
      { carbohydrate: { net: 30 } },
      { carbohydrate: { net: 22.5 } },
      { carbohydrate: { net: 27 }, fat: { total: 0.4 }, protein: { total: 1.3 }, energy: { value: 105 } }
    ]);
    expect(of("basal").map(({ deliveryType, rate, duration }) => [deliveryType, rate, duration])).toEqual([
      ["scheduled", 0.85, 21_600_000],
      ["temp", 0.425, 3_600_000],
      ["suspend", undefined, 1_800_000],
      ["automated", 0.9, 300_000]
    ]);
    expect(of("basal")[1]).toMatchObject({ percent: 0.5 });
    expect(of("physicalActivity")).toMatchObject([
      { duration: { value: 45, units: "minutes" }, reportedIntensity: "medium", energy: { value: 180 } }
    ]);
    expect(of("insulin")).toMatchObject([{ dose: { total: 18 }, formulation: { simple: { actingType: "long" } } }]);
    expect(of("deviceEvent")).toMatchObject([
      { subType: "alarm", alarmType: "occlusion" },
      { subType: "reservoirChange" }
    ]);
    expect(notMapped).toEqual({ "alarm of another kind": 1, "day's total of insulin": 1, medication: 1, note: 1 });
    expect(notes.warnings).toMatchObject([{ code: "unknown-duration" }]);
    expect(JSON.stringify([datums, notes.warnings, notes.devices])).not.toMatch(/Yuri|Marsh/u);
  });

  it("has the same ids in another language, shuffled, split, doubled, saved again, and as files of its own", async () => {
    const expected = idsOf((await read(everyRow)).datums);
    const texts = glookoTexts(everyRow);
    const lines = (text: string) => text.split("\r\n");
    const split = Object.entries(texts).map(([path, text]) => {
      const [person, headings, ...rows] = lines(text);
      const half = Math.ceil(rows.length / 2);
      const part = (some: ReadonlyArray<string>) => [person, headings, ...some].join("\r\n");
      return { path, first: part(rows.slice(half).toReversed()), second: part(rows.slice(0, half)) };
    });
    const excel = Object.entries(glookoTexts(everyRow, { language: "de", delimiter: ";" })).map(([path, text]) =>
      fileOf(
        path,
        Buffer.from(
          `\uFEFF${lines(text)
            .map((line, index) => (index === 0 ? `${line};;` : line))
            .join("\n")}\n`
        )
      )
    );
    for (const files of [
      [glookoZip(everyRow, { language: "de" })],
      [glookoZip(everyRow), glookoZip(everyRow)],
      [
        zipOf("1.zip", Object.fromEntries(split.map(({ path, first }) => [path, first]))),
        zipOf("2.zip", Object.fromEntries(split.map(({ path, second }) => [path, second])))
      ],
      Object.entries(texts).map(([path, text]) => fileOf(path, text)),
      excel
    ]) {
      expect(idsOf((await readSource(files, utc)).datums)).toEqual(expected);
    }
  });

  it("tells a copy in one of several files as what it is", async () => {
    const { datums, problems } = await readSource([glookoZip(everyRow), glookoZip(everyRow)], utc);
    const alone = await read(everyRow);
    expect(datums).toHaveLength(alone.datums.length);
    expect(problems.every(({ code, outcome }) => code === "repeated-row" && outcome === "skipped")).toBe(true);
  });

  it("ends a basal where one begins whose rate is not told, for as long as that lasts", async () => {
    const rows = [
      "2026-03-02 08:00|Scheduled|240|100|0.8|3.2|P1",
      "2026-03-02 09:00|Temporary|60|50|||P1",
      "2026-03-02 12:00|Scheduled|60|100|x||P1"
    ].map((row) => row.split("|"));
    const { datums, problems, notMapped } = await read({ "Insulin data/basal_data_1.csv": rows });
    expect(datums.map(({ time, rate, duration }) => [String(time).slice(11, 16), rate, duration])).toEqual([
      ["08:00", 0.8, 3_600_000],
      ["10:00", 0.8, 7_200_000]
    ]);
    expect(notMapped).toEqual({ "basal without a rate": 1 });
    expect(problems.map(({ code }) => code)).toEqual(["bad-amount"]);
  });

  it("keeps mmol/L", async () => {
    const rows = {
      "cgm_data_1.csv": everyRow["cgm_data_1.csv"]!.map(([time = "", , serial = ""]) => [time, "5.4", serial])
    };
    const { datums } = await read(rows, { units: "mmol/l", language: "de" });
    expect(datums[0]).toMatchObject({ value: 5.4, units: "mmol/L" });
  });

  it.each([
    [
      "a bolus over a time only",
      "2026-03-13 10:00|Extended|0|0|0|3|0|3|P",
      { subType: "square", extended: 3, duration: 0 }
    ],
    ["an extended part that was cut off", "2026-03-13 10:00|Extended|0|0|0|2.5|2|3|P", { normal: 2, extended: 0.5 }],
    [
      "an extended bolus without an extended part",
      "2026-03-13 10:00|Extended|0|0|0|1.5|1.5|0.0|P",
      { subType: "normal", normal: 1.5 }
    ],
    ["an automated bolus", "2026-03-13 10:00|Automatic|0|0|0|0.6|||P", { subType: "automated", normal: 0.6 }]
  ])("reads %s", async (_, cells, members) => {
    const { datums } = await read(bolusRow(cells));
    expect(datums).toMatchObject([members]);
  });

  it("asks for the order of dates where all files together do not tell it, and uses what any of them tells", async () => {
    const slashed = (text: string) => text.replaceAll(/2026-(\d\d)-(\d\d) /gu, "$2/$1/2026 ");
    const open = (change: (text: string) => string) =>
      openFiles(
        [
          zipOf(
            "e.zip",
            Object.fromEntries(
              Object.entries(glookoTexts(everyRow)).map(([path, text]) => [path, slashed(change(text))])
            )
          )
        ],
        utc
      );
    expect((await open((text) => text)).needs).toEqual([]);
    expect((await open((text) => text.replaceAll("2026-03-13 ", "2026-03-12 "))).needs).toMatchObject([
      { kind: "date-order", choices: ["dmy", "mdy"] }
    ]);
  });

  it("skips rows without a time, and refuses those with a wrong one or a wrong amount", async () => {
    const { datums, problems, notMapped } = await read({
      "cgm_data_1.csv": [
        ["0.000", "110", "DX1"],
        ["2026-02-30 10:00", "110", "DX1"],
        ["2026-03-13 10:00", "3", "DX1"],
        ["2026-03-13 10:05", "Low", "DX1"]
      ],
      ...bolusRow("2026-03-13 10:00|Normal|0|0|0|-2|||P")
    });
    expect(notMapped).toEqual({ "row without a time": 1 });
    expect(problems).toMatchObject([
      { code: "bad-time", file: "export.zip/cgm_data_1.csv", row: 4, column: "Timestamp" },
      { code: "glucose-implausible", row: 5, column: "CGM Glucose Value (mg/dl)" },
      { code: "bad-amount", file: "export.zip/Insulin data/bolus_data_1.csv", column: "Insulin Delivered (U)" }
    ]);
    expect(datums).toMatchObject([
      { value: 39, annotations: [{ code: "bg/out-of-range", value: "low", threshold: 40 }] }
    ]);
  });

  it("takes a time for what a clock showed, though it is marked as UTC", async () => {
    const { datums } = await read(
      { "cgm_data_1.csv": [["2026-03-13T10:00:00.000Z", "110", "DX1"]] },
      {},
      { timezone: "Asia/Tokyo" }
    );
    expect(datums).toMatchObject([{ time: "2026-03-13T01:00:00.000Z", deviceTime: "2026-03-13T10:00:00" }]);
  });

  it("takes blank for unknown and not for 0", async () => {
    const { datums, notMapped } = await read(bolusRow("2026-03-13 10:00|Normal|||||||P"));
    expect(datums).toEqual([]);
    expect(notMapped).toEqual({ "bolus without an amount": 1 });
  });

  it("is known without its first lines, too", async () => {
    const bare = Object.fromEntries(
      Object.entries(glookoTexts(everyRow)).map(([path, text]) => [path, text.slice(text.indexOf("\n") + 1)])
    );
    const { datums } = await readSource(zipOf("bare.zip", bare), utc);
    expect(idsOf(datums)).toEqual(idsOf((await read(everyRow)).datums));
  });

  it("needs a zone", async () => {
    expect((await openFiles([glookoZip(everyRow)])).needs).toMatchObject([{ kind: "timezone" }]);
  });

  describe.skipIf(!hasSamples)("in ../shared/samples", () => {
    const path = "glooko/anja-demo-data.zip";
    /** The rows of the files of a kind, each once: they hold no quotes. */
    const rowsOf = (kind: string) => {
      const files = Object.entries(unzipSync(readFileSync(samplePath(path)))).filter(([name]) => name.startsWith(kind));
      const lines = files.flatMap(([, bytes]) => new TextDecoder().decode(bytes).split(/\r?\n/u).slice(2));
      return [...new Set(lines)].filter((line) => line !== "").map((line) => line.split("\t"));
    };
    const sum = (numbers: ReadonlyArray<number>) => numbers.reduce((total, value) => total + value, 0);

    it("gives what a count of its raw lines gives", async () => {
      const { datums, problems } = await readSource(await sample(path), { timezone: "America/Phoenix" });
      for (const datum of datums) expect(check(datum)).toEqual({ ok: true });
      const of = (type: string) => datums.filter((datum) => datum.type === type);
      const cgm = rowsOf("cgm").map(([time = "", value = ""]) => ({ time, value: Number(value) }));
      const read = of("cbg").map(({ value }) => value as number);
      expect(read.toSorted()).toEqual(cgm.map(({ value }) => value).sort());
      expect(sum(read) / read.length).toBeCloseTo(sum(cgm.map(({ value }) => value)) / cgm.length, 9);
      const inRange = (values: ReadonlyArray<number>) => values.filter((value) => value >= 70 && value <= 180).length;
      expect(inRange(read)).toBe(inRange(cgm.map(({ value }) => value)));
      // Phoenix has no summer time.
      const moments = cgm.map(({ time }) => new Date(`${time.replace(" ", "T")}-07:00`).toISOString()).sort();
      const times = of("cbg")
        .map(({ time }) => time)
        .sort();
      expect([times[0], times.at(-1)]).toEqual([moments[0], moments.at(-1)]);

      const boluses = rowsOf("bolus");
      expect(of("wizard")).toHaveLength(boluses.length);
      const delivered = of("wizard").map(({ bolus }) => (bolus as { normal: number }).normal);
      expect(sum(delivered)).toBeCloseTo(sum(boluses.map((cells) => Number(cells[5]))), 6);
      expect(sum(of("wizard").map(({ carbInput }) => Number(carbInput ?? 0)))).toBe(
        sum(boluses.map((cells) => Number(cells[3])))
      );

      // Of rows that begin together, one remains: each instant once, none reaching into the next.
      const basals = of("basal")
        .map(({ time, duration }) => ({ from: Date.parse(time), to: Date.parse(time) + Number(duration) }))
        .sort((one, other) => one.from - other.from);
      expect(basals).toHaveLength(new Set(rowsOf("basal").map(([time]) => time)).size);
      expect(basals.every(({ to }, index) => to <= (basals[index + 1]?.from ?? Number.POSITIVE_INFINITY))).toBe(true);
      expect(new Set(idsOf(datums)).size).toBe(datums.length);
      expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(["repeated-row"]));
    });
  });
});
