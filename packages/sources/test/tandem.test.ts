import { check } from "@tideway/schemas";
import { type InputFile } from "@tideway/sources";
import { describe, expect, it } from "vitest";
import { fileOf, zipOf } from "./input-files.ts";
import { type GivenOptions, openFiles } from "./open-files.ts";
import { type ReadDatum, readSource } from "./read-source.ts";
import { tandemRows, type TandemSourceKind, tandemSourceText, tconnectText } from "./tandem-files.ts";

const utc: GivenOptions = { timezone: "Etc/UTC" };
const minutes = (count: number) => count * 60_000;
const kinds = Object.keys(tandemRows) as ReadonlyArray<TandemSourceKind>;

const read = async (files: InputFile | ReadonlyArray<InputFile>, options: GivenOptions = utc) => {
  const result = await readSource(files, options);
  for (const datum of result.datums) expect(check(datum)).toEqual({ ok: true });
  const { notes } = result.source.parts[0]!;
  const of = (type: string) => result.datums.filter((datum) => datum.type === type);
  return { ...result, notes, of, notMapped: Object.fromEntries(notes.notMapped) };
};
const idsOf = (datums: ReadonlyArray<ReadDatum>) => datums.map(({ origin }) => origin.id).sort();
const sourceFiles = () => kinds.map((kind) => fileOf(`export-${kind}.csv`, tandemSourceText(kind, tandemRows[kind])));
const bolusFile = (...rows: ReadonlyArray<string>) => fileOf("a-Bolus.csv", tandemSourceText("Bolus", rows));

describe("an export of Tandem Source", () => {
  it("becomes datums of every kind that its files have, and names the rest", async () => {
    const { of, problems, notMapped, notes, datums } = await read(sourceFiles());
    expect(problems).toEqual([]);
    expect(of("cbg")).toHaveLength(14);
    expect(of("cbg")[0]).toMatchObject({
      value: 120,
      units: "mg/dL",
      sampleInterval: minutes(5),
      time: "2026-03-02T08:00:07.000Z",
      deviceId: "Tandem-11111111"
    });
    expect(of("smbg").map(({ value }) => value)).toEqual([131, 88]);
    expect(of("wizard")).toMatchObject([
      {
        bgInput: 141,
        bgTarget: { target: 110 },
        carbInput: 75,
        insulinCarbRatio: 6,
        insulinSensitivity: 30,
        bolus: { subType: "normal", normal: 13.53 }
      }
    ]);
    expect(of("bolus")).toMatchObject([
      { subType: "automated", normal: 0.62 },
      { subType: "dual/square", normal: 2, extended: 3, duration: minutes(120) },
      { subType: "square", extended: 2, duration: minutes(30) }
    ]);
    expect(of("food")).toMatchObject([{ nutrition: { carbohydrate: { net: 30 } } }]);
    expect(of("basal").map(({ deliveryType, rate, duration }) => [deliveryType, rate, duration])).toEqual([
      ["automated", 0.84, minutes(30)],
      ["automated", 1.2, minutes(30) + 1000]
    ]);
    expect(notMapped).toEqual({ "day's basal insulin by hours": 1 });
    expect(notes.devices).toEqual([{ id: "Tandem-11111111", model: "t:slim X2 Insulin Pump" }]);
    expect(JSON.stringify(datums)).not.toContain("Yuri");
  });

  it("has the same ids as a zip, shuffled, split, doubled or saved again", async () => {
    const expected = idsOf((await read(sourceFiles())).datums);
    const texts = kinds.map((kind) => [`export-${kind}.csv`, tandemSourceText(kind, tandemRows[kind])] as const);
    const part = (kind: TandemSourceKind, isEven: boolean) =>
      tandemSourceText(
        kind,
        tandemRows[kind].filter((_, index) => (index % 2 === 0) === isEven)
      );
    const excel = (text: string) =>
      text.replaceAll(/2026-03-02T(\d\d):(\d\d:\d\d)/gu, "3/2/2026 $1:$2").replaceAll(",", "\t");
    for (const files of [
      [zipOf("export.zip", Object.fromEntries(texts))],
      kinds.map((kind) => fileOf(kind, tandemSourceText(kind, tandemRows[kind].toReversed()))),
      kinds.flatMap((kind) => [fileOf(`${kind}1`, part(kind, true)), fileOf(`${kind}2`, part(kind, false))]),
      [...sourceFiles(), ...sourceFiles()],
      texts.map(([name, text]) => fileOf(name, Buffer.from(excel(text), "utf8")))
    ]) {
      expect(idsOf((await readSource(files, { ...utc, dateOrder: "mdy" })).datums)).toEqual(expected);
    }
  });

  it("keeps mmol/L", async () => {
    const rows = [1, 2, 3].map((at) => `t:slim,1,EGV,2026-03-02T08:0${at}:00,5.${at}`);
    const { of } = await read(fileOf("CGM.csv", tandemSourceText("CGM", rows, "mmol/L")));
    expect(of("cbg")[0]).toMatchObject({ value: 5.1, units: "mmol/L" });
  });

  it.each([
    // The first part alone, and the sum of both: the share tells which.
    ["2.00", "2.00", "50", { subType: "dual/square", normal: 2, extended: 2 }],
    ["4.00", "2.00", "50", { subType: "dual/square", normal: 2, extended: 2 }],
    ["0.00", "3.00", "0", { subType: "square", extended: 3 }],
    ["3.00", "3.00", "0", { subType: "square", extended: 3 }]
  ])(
    "tells both parts of a bolus of %s U with %s U extended and %s %% at once",
    async (delivered, extended, share, members) => {
      const row = `Bolus,Carb,Extended,0,1,2026-03-02T10:00:00,${delivered},0,0,Completed,2026-03-02T10:00:00,2026-03-02T11:00:00,${extended},Completed,${share},60,0,0,0,0`;
      const { datums } = await read(bolusFile(row));
      expect(datums).toMatchObject([{ ...members, duration: minutes(60) }]);
    }
  );

  it("does not stretch a dose over a gap, nor a basal over midnight", async () => {
    const doses = ["2026-03-02T23:50:00", "2026-03-02T23:55:00", "2026-03-03T00:00:00", "2026-03-03T03:00:00"];
    const rows = doses.map((time) => `t:slim,1,${time},0.1`);
    const { of } = await read(fileOf("d.csv", tandemSourceText("Basal-doses", rows)));
    expect(of("basal").map(({ time, duration }) => [time.slice(0, 16), duration])).toEqual([
      ["2026-03-02T23:50", minutes(10)],
      ["2026-03-03T00:00", minutes(5)],
      ["2026-03-03T03:00", minutes(5)]
    ]);
  });

  it("refuses what is no amount or no time, and says where", async () => {
    const { datums, problems } = await read(
      bolusFile(
        "Bolus,Carb,Standard,0,1,2026-03-02T10:00:00,-3,0,0,Completed,,,,,100,0,0,0,0,0",
        "Bolus,Carb,Standard,0,1,2026-02-30T10:00:00,3,0,0,Completed,,,,,100,0,0,0,0,0"
      )
    );
    expect(datums).toEqual([]);
    expect(problems).toMatchObject([
      { code: "bad-amount", row: 2, column: "Insulin Delivered", file: "a-Bolus.csv" },
      { code: "bad-time", row: 3, column: "Completion Date Time" }
    ]);
  });
});

describe("a therapy timeline of t:connect", () => {
  it("ends a basal where the next one has no rate", async () => {
    const text = tconnectText(["about", "cgm", "basal"]).replace('"1.100"', '""');
    const { of, notMapped } = await read(fileOf("timeline.csv", text));
    expect(of("basal").map(({ time, rate, duration }) => [time.slice(11, 16), rate, duration])).toEqual([
      ["00:00", 0.8, minutes(390)]
    ]);
    expect(notMapped).toMatchObject({ "basal without a rate": 1 });
  });

  it("is read section by section, in any order", async () => {
    const { datums, of, problems, notMapped, notes } = await read(fileOf("timeline.csv", tconnectText()));
    expect(problems).toEqual([]);
    expect(of("cbg").map(({ value, units }) => [value, units])).toEqual([
      [235, "mg/dL"],
      [230, "mg/dL"]
    ]);
    expect(notes.assumed).toMatchObject([{ code: "units" }]);
    expect(of("smbg")).toMatchObject([{ value: 141 }]);
    expect(of("wizard")).toMatchObject([
      {
        time: "2021-04-01T12:53:36.000Z",
        bgInput: 141,
        carbInput: 75,
        insulinCarbRatio: 6,
        insulinOnBoard: 0.71,
        recommended: { carb: 12.5, correction: 1.03 },
        bolus: { normal: 13.53 }
      }
    ]);
    // The extended part was ended by the user after an hour, with half of it delivered.
    expect(of("bolus")).toMatchObject([
      {
        subType: "dual/square",
        normal: 2,
        extended: 1.5,
        duration: minutes(60),
        expectedExtended: 3,
        expectedDuration: minutes(120)
      }
    ]);
    expect(of("basal").map(({ rate, duration, deviceId }) => [rate, Number(duration) / minutes(60), deviceId])).toEqual(
      [
        [0.8, 6.5, "Tandem-11111111"],
        [1.1, 2.5, "Tandem-11111111"],
        [0, 5, "Tandem-11111111"]
      ]
    );
    expect(notMapped).toEqual({ "insulin on board": 1 });
    expect(JSON.stringify(datums)).not.toMatch(/Marsh|1990/u);

    const other = await read(fileOf("t.csv", tconnectText(["bolus", "basal", "about", "iob", "bg", "cgm"])));
    expect(idsOf(other.datums)).toEqual(idsOf(datums));
    expect(other.problems).toEqual([]);
  });

  it("asks for the units where neither the headings nor the values tell them, and always for the zone", async () => {
    const text = `DeviceType,SerialNumber,Description,EventDateTime,Readings (CGM / BGM)\n${["30", "36", "31", "35"].map((value, index) => `t:slim,1,EGV,2021-04-01T00:0${index}:33,${value}`).join("\n")}`;
    const { needs } = await openFiles([fileOf("t.csv", text)]);
    expect(needs.map(({ kind }) => kind).sort()).toEqual(["timezone", "units"]);
  });
});
