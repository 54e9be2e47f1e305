import { readFileSync } from "node:fs";
import { check } from "@tideway/schemas";
import { describe, expect, it } from "vitest";
import { excelBytes, type ExcelCell, excelFile, type ExcelLook, excelParts } from "./excel-file.ts";
import { fileOf, hasSamples, sample, samplePath, zipOf } from "./input-files.ts";
import { mutate } from "./mutate.ts";
import { openFiles } from "./open-files.ts";
import { readSource } from "./read-source.ts";
import { at, type Cells, errorSheet, exampleSheets, sheet } from "./tidepool-excel-file.ts";

const read = async (look: ExcelLook = {}, book = exampleSheets) => {
  const result = await readSource(excelFile(book, look));
  for (const datum of result.datums) expect(check(datum)).toEqual({ ok: true });
  return result;
};

describe("the Excel export of Tidepool", () => {
  it.each([{}, { isSavedAgain: true }, { from1904: true }, { isSavedAgain: true, from1904: true }])(
    "becomes the datums that it was made of, as it was written and saved again: %j",
    async (look) => {
      const { datums, problems, source } = await read(look);
      expect(source.parts).toMatchObject([{ format: { id: "tidepool-excel" } }]);
      expect(source.needs).toEqual([]);
      const clock = (time: string, id: string) => ({
        time,
        deviceTime: new Date(Date.parse(time) + 3_600_000).toISOString().slice(0, 19),
        timezoneOffset: 60,
        deviceId: "1234",
        origin: { name: "org.tidepool.export", type: "service", id: `tidepool:${id}` }
      });
      expect(datums).toEqual([
        { ...clock("2026-03-13T07:00:00.123Z", "c1:cbg"), type: "cbg", value: 99.9976941658, units: "mg/dL" },
        {
          ...clock("2026-03-13T07:05:00.000Z", "c2:cbg"),
          type: "cbg",
          value: 39,
          units: "mg/dL",
          payload: { a: 1 },
          annotations: [{ code: "bg/out-of-range", value: "low", threshold: 40 }]
        },
        {
          ...clock("2026-03-13T07:00:00.000Z", "b1:basal"),
          type: "basal",
          deliveryType: "temp",
          duration: 1_861_000,
          rate: 0.5,
          percent: 0.5,
          suppressed: { type: "basal", deliveryType: "scheduled", rate: 1 }
        },
        {
          ...clock("2026-03-13T08:00:00.000Z", "w1:wizard"),
          type: "wizard",
          bgInput: 121,
          carbInput: 45,
          insulinCarbRatio: 10,
          units: "mg/dL",
          recommended: { carb: 4.5 },
          bgTarget: { target: 120, range: 10 },
          bolus: { ...clock("2026-03-13T08:00:00.000Z", "bo1:bolus"), type: "bolus", subType: "normal", normal: 4.5 }
        },
        {
          ...clock("2026-03-13T08:00:00.000Z", "f1:food"),
          type: "food",
          name: "Toast & jam",
          nutrition: { carbohydrate: { net: 30, units: "grams" } }
        },
        {
          ...clock("2026-03-13T09:00:00.000Z", "p1:physicalActivity"),
          type: "physicalActivity",
          duration: { units: "seconds", value: 1800 }
        },
        {
          ...clock("2026-03-13T10:00:00.000Z", "d1:deviceEvent"),
          type: "deviceEvent",
          subType: "timeChange",
          change: { from: "2026-03-13T11:00:00", to: "2026-03-13T12:00:00", agent: "manual" }
        }
      ]);
      expect(problems.map(({ code, at: place }) => [code, place])).toEqual([
        ["inside-another", "row 2 of TidepoolExport.xlsx, sheet Bolus"],
        ["session-record", "row 2 of TidepoolExport.xlsx, sheet Upload"]
      ]);
      const { notes } = source.parts[0]!;
      expect(Object.fromEntries(notes.notMapped)).toEqual({ "row of pump settings": 1 });
      expect(notes.warnings).toEqual([]);
      expect(notes.assumed).toMatchObject([{ code: "own-ids" }]);
    }
  );

  it("gives the same ids as the JSON export of records without ids of their own", async () => {
    const record = { type: "cbg", time: "2026-03-13T07:00:00Z", value: 5.5, units: "mmol/L", id: "c1", uploadId: "u1" };
    const { datums } = await readSource(fileOf("export.json", JSON.stringify([record])));
    expect((await read()).datums[0]?.origin.id).toBe(datums[0]?.origin.id);
  });

  it("is told to be incomplete where it says so itself, and empty where it holds nothing", async () => {
    const visible = { name: errorSheet.name, rows: errorSheet.rows };
    const { source } = await read({}, [visible, ...exampleSheets.slice(1)]);
    expect(source.parts[0]?.notes.warnings).toMatchObject([{ code: "incomplete-export" }]);
    const nothing = [
      errorSheet,
      { name: "NO DATA", rows: [["Data is not available within the specified date range."]] }
    ];
    expect((await read({}, nothing)).datums).toEqual([]);
  });

  it("refuses a row without its time or with a value of another kind, by its place", async () => {
    const { datums, problems } = await read({}, [
      sheet("CGM", [
        { ...at("2026-03-13T07:00:00Z", "c1", "cbg"), "Zulu Time": undefined, Value: 99, Units: "mg/dL" },
        { ...at("2026-03-13T07:05:00Z", "c2", "cbg"), Value: "many", Units: "mg/dL" },
        { ...at("2026-03-13T07:10:00Z", "c3", "cbg"), "Zulu Time": 1e300, Value: 99, Units: "mg/dL" },
        { ...at("2026-03-13T07:15:00Z", "c4", "cbg"), Value: 99, Units: "mg/dL" }
      ])
    ]);
    expect(datums).toHaveLength(1);
    expect(problems.map(({ code, at: place }) => [code, place])).toEqual(
      [2, 3, 4].map((row) => ["not-accepted", `row ${row} of TidepoolExport.xlsx, sheet CGM`])
    );
  });

  // Text that hardly shrinks: what shrinks a lot is refused before.
  const endless = Array.from({ length: 900_000 }, (_, index) => (index * 7919) % 1_000_003).join(" ");
  it.each([
    ["a sheet that is no XML", (xml: string) => xml.replace("</row>", "</cell>")],
    ["a document type", (xml: string) => xml.replace("<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet')],
    ["a text without an end", (xml: string) => xml.replace("99.9976941658", endless)],
    ["an attribute without an end", (xml: string) => xml.replace('r="A2"', `r="A2" x="${endless}"`)],
    ["a comment without an end", (xml: string) => xml.replace("<sheetData>", `<!-- ${endless} --><sheetData>`)]
  ])("is refused, in bounded memory, with %s", async (_, change) => {
    const parts = { ...excelParts(exampleSheets) };
    parts["xl/worksheets/sheet2.xml"] = change(parts["xl/worksheets/sheet2.xml"]!);
    await expect(readSource(zipOf("a.xlsx", parts))).rejects.toMatchObject({
      _tag: "UnreadableInput",
      code: "damaged"
    });
  });

  it("is refused where a sheet is missing or cut short", async () => {
    const parts = { ...excelParts(exampleSheets) };
    delete (parts as Record<string, string>)["xl/worksheets/sheet3.xml"];
    await expect(readSource(zipOf("a.xlsx", parts))).rejects.toMatchObject({ code: "damaged" });
  });

  it("as a damaged file gives only datums that pass, problems, or an error of this package", async () => {
    const whole = excelBytes(exampleSheets);
    for (let number = 0; number < 200; number++) {
      const { bytes, how } = mutate(whole, number);
      const outcome = await readSource(fileOf("a.xlsx", bytes)).then(
        ({ datums }) => datums.every((datum) => check(datum).ok),
        (error: { readonly _tag?: string }) => error._tag === "UnreadableInput"
      );
      expect(outcome, `mutation ${number}: ${how}`).toBe(true);
    }
  }, 120_000);

  it("with a damaged sheet gives only datums that pass, problems, or an error of this package", async () => {
    const parts = excelParts(exampleSheets, { isSavedAgain: true });
    for (let number = 0; number < 200; number++) {
      for (const path of ["xl/worksheets/sheet2.xml", "xl/sharedStrings.xml"]) {
        const { bytes, how } = mutate(Buffer.from(parts[path]!), number);
        const outcome = await readSource(zipOf("a.xlsx", { ...parts, [path]: bytes })).then(
          ({ datums }) => datums.every((datum) => check(datum).ok),
          (error: { readonly _tag?: string }) => error._tag === "UnreadableInput"
        );
        expect(outcome, `mutation ${number} of ${path}: ${how}`).toBe(true);
      }
    }
  }, 120_000);

  it("is told from other workbooks", async () => {
    const other = excelFile([{ name: "Sheet1", rows: [["Date", "Glucose"]] }]);
    await expect(openFiles([other])).rejects.toMatchObject({ code: expect.stringMatching(/format$/u) });
  });
});

describe.skipIf(!hasSamples)("../shared/samples/tidepool/device-Tandem-G6.json as a workbook", () => {
  it("gives the same datums as the JSON, but for the pump's settings", async () => {
    const records = JSON.parse(readFileSync(samplePath("tidepool/device-Tandem-G6.json"), "utf8")) as ReadonlyArray<
      Readonly<Record<string, unknown>>
    >;
    const names: Readonly<Record<string, string>> = {
      cbg: "CGM",
      smbg: "SMBG",
      basal: "Basal",
      bolus: "Bolus",
      wizard: "Bolus Calculator",
      deviceEvent: "Device Event"
    };
    const rowsOf = new Map<string, Array<Cells>>();
    const heading = (key: string) =>
      key
        .replaceAll(/[A-Z]/gu, " $&")
        .replace(".", " ")
        .replaceAll(/(?:^| )[a-z]/gu, (letter) => letter.toUpperCase());
    for (const record of records) {
      const name = names[record["type"] as string];
      if (!name) continue;
      const row: Record<string, ExcelCell> = {};
      for (const [key, value] of Object.entries(record)) {
        if (key === "payload" || key === "annotations") row[heading(key)] = JSON.stringify(value);
        else if (key === "time") row["Zulu Time"] = new Date(value as string);
        else if (key === "deviceTime") row["Device Time"] = new Date(`${value as string}Z`);
        else if (key === "type") row["Tidepool Data Type"] = row["Tidepool Wizard Type"] = value as string;
        else if (key.toLowerCase().endsWith("duration")) row[`${heading(key)} (mins)`] = (value as number) / 60_000;
        else if (typeof value !== "object" || value === null) row[heading(key)] = value as ExcelCell;
        else
          for (const [inner, item] of Object.entries(value))
            row[key === "bgTarget" ? "BG Target" : heading(`${key}.${inner}`)] = item as ExcelCell;
      }
      const rows = rowsOf.get(name) ?? [];
      rowsOf.set(name, rows);
      rows.push(row);
    }
    const book = [errorSheet, ...[...rowsOf].map(([name, rows]) => sheet(name, rows))];
    const fromExcel = await read({ isSavedAgain: true }, book);
    const fromJson = await readSource(await sample("tidepool/device-Tandem-G6.json"));
    const sorted = (datums: typeof fromExcel.datums) =>
      datums
        .filter(({ type }) => type !== "pumpSettings")
        .toSorted((one, other) => (one.origin.id < other.origin.id ? -1 : 1));
    expect(fromExcel.datums).toHaveLength(2399);
    expect(sorted(fromExcel.datums)).toEqual(sorted(fromJson.datums));
  });
});
