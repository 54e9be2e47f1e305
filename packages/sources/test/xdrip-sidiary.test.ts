import { check } from "@tideway/schemas";
import { type InputFile } from "@tideway/sources";
import { describe, expect, it } from "vitest";
import { fileOf, zipOf } from "./input-files.ts";
import { type GivenOptions, openFiles } from "./open-files.ts";
import { readSource } from "./read-source.ts";
import { sidiaryExample } from "./xdrip-sidiary-text.ts";

const berlin = { timezone: "Europe/Berlin" };
const header = "DAY;TIME;UDT_CGMS;BG_LEVEL;CH_GR;BOLUS;REMARK";

const readFile = async (file: InputFile | ReadonlyArray<InputFile>, options: GivenOptions = berlin) => {
  const result = await readSource(file, options);
  for (const datum of result.datums) expect(check(datum)).toEqual({ ok: true });
  return result;
};
const read = (rows: ReadonlyArray<string>, first = header) =>
  readFile(fileOf("export.csv", `${[first, ...rows].join("\n")}\n`));

describe("an export of xDrip+ for SiDiary", () => {
  it("becomes datums of its three blocks, straight from the zip archive", async () => {
    const { datums, problems, source } = await readFile(
      zipOf("exportCSV20260313-090000.zip", { "export20260313-090000.csv": sidiaryExample })
    );
    expect(problems).toEqual([]);
    expect(source.parts).toMatchObject([{ format: { id: "xdrip-sidiary" } }]);
    const of = (type: string) => datums.filter((datum) => datum.type === type);
    expect(of("cbg")).toHaveLength(24);
    expect(of("cbg")[0]).toMatchObject({
      value: 101,
      units: "mg/dL",
      time: "2026-03-13T07:00:00.000Z",
      deviceTime: "2026-03-13T08:00:00",
      sampleInterval: 300_000
    });
    expect(of("deviceEvent")).toMatchObject([{ subType: "calibration", value: 110 }]);
    expect(of("food").map(({ nutrition }) => nutrition)).toMatchObject([
      { carbohydrate: { net: 45 } },
      { carbohydrate: { net: 12.5 } }
    ]);
    expect(of("bolus").map(({ normal }) => normal)).toEqual([3.5, 0.125]);
    expect(Object.fromEntries(source.parts[0]!.notes.notMapped)).toEqual({ note: 3 });
    expect(JSON.stringify(datums)).not.toMatch(/Yuri|pizza/u);
  });

  it.each([
    ["a decimal comma", "13.03.2026;09:00;;;12,5;0,125;", [12.5, 0.125]],
    ["a decimal point, of three digits too", "13.03.2026;09:00;;;12.5;1.125;", [12.5, 1.125]],
    ["a line end of a note as two strokes", "13.03.2026;09:00;;;12;2;one||two", [12, 2]],
    ["separators and quotation marks in a note", '13.03.2026;09:00;;;12;2;"half; then, "the rest;; of it', [12, 2]],
    ["cells that are missing or too many", "13.03.2026;09:00;;;12;2;;;;", [12, 2]],
    ["quotes around every cell", '"13.03.2026";"09:00";"";"";"12,5";"0,125";"a ""note"""', [12.5, 0.125]]
  ])("is read with %s", async (_, row, amounts) => {
    const { datums, problems } = await read([row, "13.03.2026;09:05;100"]);
    expect(problems).toEqual([]);
    const grams = datums.flatMap(({ nutrition }) =>
      nutrition ? [(nutrition as { carbohydrate: { net: number } }).carbohydrate.net] : []
    );
    expect([...grams, ...datums.flatMap(({ normal }) => (normal === undefined ? [] : [normal]))]).toEqual(amounts);
    expect(datums.filter(({ value }) => value === 100)).toHaveLength(1);
  });

  it("is read as spreadsheets save it again, with the same ids", async () => {
    const ids = async (text: string | Uint8Array) =>
      (await readFile(fileOf("export.csv", text))).datums.map(({ origin }) => origin.id).sort();
    const expected = await ids(sidiaryExample);
    expect(new Set(expected).size).toBe(29);
    const [first = "", ...rows] = sidiaryExample.trimEnd().split("\n");
    const cells = (line: string) => line.split(";").slice(0, 7);
    expect(await ids([first, ...rows.toReversed()].join("\r\n"))).toEqual(expected);
    expect(
      await ids(
        `\uFEFF${[first, ...rows]
          .map((line) =>
            cells(line)
              .map((cell) => `"${cell.replaceAll('"', "")}"`)
              .join(",")
          )
          .join("\r\n")}`
      )
    ).toEqual(expected);
    expect(await ids(Buffer.from(`\uFEFF${sidiaryExample}`, "utf16le"))).toEqual(expected);
    const both = await readFile([
      fileOf("a.csv", [first, ...rows.slice(0, 9)].join("\n")),
      fileOf("b.csv", [first, ...rows.slice(9)].join("\n"))
    ]);
    expect(both.datums.map(({ origin }) => origin.id).sort()).toEqual(expected);
    const doubled = await readFile(fileOf("a.csv", `${sidiaryExample}${rows.join("\n")}\n`));
    expect(doubled.datums.map(({ origin }) => origin.id).sort()).toEqual(expected);
  });

  it("asks for the zone, and never for the order of dates", async () => {
    const source = await openFiles([
      fileOf("export.csv", `${header}\n01.02.2026;09:00;100;;;;\n02.02.2026;09:00;101;;;;\n`)
    ]);
    expect(source.needs).toMatchObject([{ kind: "timezone" }]);
    const { datums } = await read(["01.02.2026;09:00;100;;;;"]);
    expect(datums).toMatchObject([{ deviceTime: "2026-02-01T09:00:00" }]);
  });

  it.each([
    ["a day that does not exist", "31.02.2026;09:00;100;;;;"],
    ["glucose that is none", "13.03.2026;09:00;x;;;;"],
    ["insulin that is none", "13.03.2026;09:00;;;;-3;"],
    ["a row that never ends", `13.03.2026;09:00;${"1".repeat(400_000)}`]
  ])("refuses %s and reads the rest", async (_, row) => {
    const { datums, problems } = await read([row, "13.03.2026;10:00;100;;;;"]);
    expect(datums).toMatchObject([{ value: 100 }]);
    expect(problems).toMatchObject([{ outcome: "rejected", row: 2 }]);
  });
});
