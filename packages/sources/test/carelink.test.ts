import { readFileSync } from "node:fs";
import { check } from "@tideway/schemas";
import { describe, expect, it } from "vitest";
import { at, type CarelinkCells, carelinkText, everything, sensor } from "./carelink-text.ts";
import { fileOf, hasSamples, sample, samplePath } from "./input-files.ts";
import { openFiles } from "./open-files.ts";
import { hours, idsOf, readCarelink as read, utc } from "./read-carelink.ts";
import { readSource } from "./read-source.ts";

const european = { delimiter: ";" };

describe("an export of CareLink", () => {
  it("becomes datums of every kind that it has, and names the rest", async () => {
    const { datums, problems, notMapped, source } = await read(everything, { sensor });
    expect(problems).toEqual([]);
    const kinds = datums.map(({ type, subType, primeTarget }) =>
      [type, subType, primeTarget].filter(Boolean).join(" ")
    );
    expect(kinds.filter((kind) => kind !== "cbg").sort()).toEqual(
      [
        "basal",
        "deviceEvent alarm",
        "deviceEvent calibration",
        "deviceEvent prime cannula",
        "deviceEvent prime tubing",
        "deviceEvent reservoirChange",
        "deviceEvent timeChange",
        "food",
        "insulin",
        "physicalActivity",
        "smbg linked",
        "smbg manual",
        "wizard"
      ].sort()
    );
    expect(datums.find(({ subType }) => subType === "timeChange")).toMatchObject({
      from: { time: "2026-03-02T07:12:00" },
      to: { time: "2026-03-02T08:12:00" }
    });
    expect(kinds.filter((kind) => kind === "cbg")).toHaveLength(20);
    expect(notMapped).toEqual({ "alarm of another kind": 1 });
    expect(source.parts[0]?.notes.warnings).toMatchObject([{ code: "clock-changed" }]);
    expect(source.parts[0]?.notes.warnings[0]?.message).toContain("once, as in row 22 by 60 minutes");
  });

  it("is the same in another language and with its rows in any order, split, doubled or saved again", async () => {
    const plain = await read(everything, { sensor });
    const expected = idsOf(plain.datums);
    const translate = (heading: string) => heading.replace(/^[^(]+/u, (name) => [...name].toReversed().join(""));
    const german = await read(everything, { ...european, sensor, translate });
    expect(idsOf(german.datums)).toEqual(expected);
    expect(german.datums.find(({ type }) => type === "wizard")).toMatchObject({
      carbInput: 45,
      recommended: { carb: 4.5 }
    });

    const text = carelinkText(everything, { sensor });
    const halves = [
      carelinkText(
        everything.filter((_, index) => index % 2 === 0),
        { sensor: sensor.slice(0, 9) }
      ),
      carelinkText(
        everything.filter((_, index) => index % 2 === 1),
        { sensor: sensor.slice(9) }
      )
    ];
    const excel = carelinkText(everything, { ...european, sensor }).replaceAll(
      /2026\/03\/02;(\d\d:\d\d)/gu,
      "02.03.2026;$1"
    );
    for (const texts of [
      [carelinkText(everything.toReversed(), { sensor: sensor.toReversed() })],
      [text, text],
      [text + text],
      halves,
      [excel]
    ]) {
      const files = texts.map((content, index) => fileOf(`${index}.csv`, content));
      const { datums } = await readSource(files, { ...utc, dateOrder: "dmy" });
      expect(idsOf(datums)).toEqual(expected);
    }
  });

  it("reads mmol/L as it is, and asks where the values cannot be that", async () => {
    const glucose = (value: number) =>
      sensor.map((cells, index) => ({ ...cells, "Sensor Glucose": (value + index / 10).toFixed(1) }));
    const { datums } = await read([], { ...european, units: "mmol/L", sensor: glucose(5.1) });
    expect(datums[3]).toMatchObject({ units: "mmol/L", value: 5.4 });
    const doubtful = fileOf("a.csv", carelinkText([], { units: "mmol/L", sensor: glucose(118) }));
    expect((await openFiles([doubtful], utc)).needs).toMatchObject([{ kind: "units" }]);
    const told = await readSource(doubtful, { ...utc, units: "mg/dL" });
    expect(told.datums[0]).toMatchObject({ units: "mg/dL", value: 118 });
  });

  it("annotates readings that the sensor stops at, and leaves a true 40 alone", async () => {
    const values = (list: ReadonlyArray<number>) =>
      list.map((value, index) => ({ at: at(`09:${10 + index}:00`), "Sensor Glucose": value, ISIG: 1 }));
    const annotations = async (list: ReadonlyArray<number>) =>
      (await read([], { sensor: values(list) })).datums.map(({ annotations: found }) => found);
    const low = [{ code: "bg/out-of-range", value: "low", threshold: 40 }];
    expect(await annotations([44, 40, 40, 40, 40, 52])).toEqual([undefined, low, low, low, low, undefined]);
    expect(await annotations([44, 42, 41, 40, 42, 52])).toEqual(Array.from({ length: 6 }));
    expect(await annotations([40, 40, 40, 38])).toEqual(Array.from({ length: 4 }));
  });

  it("has ids that no zone changes", async () => {
    const elsewhere = await read(everything, { sensor }, { timezone: "America/New_York" });
    const here = await read(everything, { sensor }, utc);
    expect(idsOf(elsewhere.datums)).toEqual(idsOf(here.datums));
    expect(elsewhere.datums[0]?.time).not.toBe(here.datums[0]?.time);
  });

  it("needs a zone, and says so with a time of the file", async () => {
    const file = fileOf("CareLink.csv", carelinkText(everything, { sensor }));
    const { needs } = await openFiles([file], {});
    expect(needs).toMatchObject([
      { kind: "timezone", examples: [{ file: "CareLink.csv", row: 10, column: "Date", text: "2026/03/02 07:00:00" }] }
    ]);
  });

  it.each([
    [
      "a bolus that is no number",
      { at: at("08:00:00"), "Bolus Type": "Normal", "Bolus Volume Delivered": "5x" },
      "bad-amount"
    ],
    [
      "a bolus of an unknown type",
      { at: at("08:00:00"), "Bolus Type": "Banana", "Bolus Volume Delivered": 5 },
      "unknown-bolus-type"
    ],
    ["a negative amount", { at: at("08:00:00"), "Bolus Type": "Normal", "Bolus Volume Delivered": -2 }, "bad-amount"],
    ["glucose that nothing measures", { at: at("08:00:00"), "BG Reading": 3 }, "glucose-implausible"],
    ["a time that does not exist", { at: "2026/02/30 08:00:00", "BG Reading": 100 }, "bad-time"],
    ["the far future", { at: "2161/02/03 08:00:00", "BG Reading": 100 }, "in-the-future"]
  ])("refuses %s, and says where", async (_, cells, code) => {
    const { datums, problems } = await read([cells as CarelinkCells], {}, { ...utc, now: Date.parse("2026-11-26") });
    expect(datums).toEqual([]);
    expect(problems).toMatchObject([{ outcome: "rejected", code, row: 7, file: "CareLink.csv" }]);
  });

  it("refuses a row with damaged bytes, and reads the others", async () => {
    const bytes = Buffer.from(
      carelinkText([
        { at: at("08:00:00"), "Event Marker": "Meal: 45grams" },
        { at: at("09:00:00"), "BG Reading": 90 }
      ])
    );
    bytes[bytes.indexOf("Meal") + 6] = 0xff;
    const { datums, problems } = await readSource(fileOf("a.csv", bytes), utc);
    expect(problems).toMatchObject([{ code: "undecodable", row: 7 }]);
    expect(datums).toHaveLength(1);
  });

  it("reads exports until 2015, whose records have numbers of their own", async () => {
    const headings =
      "Index,Date,Time,Timestamp,New Device Time,BG Reading (mg/dL),Linked BG Meter ID,Basal Rate (U/h),Temp Basal Amount (U/h),Temp Basal Type,Temp Basal Duration (hh:mm:ss),Bolus Type,Bolus Volume Selected (U),Bolus Volume Delivered (U),Programmed Bolus Duration (hh:mm:ss),Prime Type,Prime Volume Delivered (U),Suspend,Rewind,BWZ Estimate (U),BWZ Target High BG (mg/dL),BWZ Target Low BG (mg/dL),BWZ Carb Ratio (grams),BWZ Insulin Sensitivity (mg/dL),BWZ Carb Input (grams),BWZ BG Input (mg/dL),BWZ Correction Estimate (U),BWZ Food Estimate (U),BWZ Active Insulin (U),Alarm,Sensor Calibration BG (mg/dL),Sensor Glucose (mg/dL),ISIG Value,Daily Insulin Total (U),Raw-Type,Raw-Values,Raw-ID".split(
        ","
      );
    const line = (cells: Readonly<Record<string, string>>) => headings.map((heading) => cells[heading] ?? "").join(",");
    const text = [
      "Meters,1",
      headings.join(","),
      line({ Index: "1", Date: "1/26/15", Time: "11:35:02", "BG Reading (mg/dL)": "140", "Raw-ID": "501" }),
      line({
        Index: "2",
        Date: "1/26/15",
        Time: "12:00:00",
        "Bolus Type": "Dual (normal part)",
        "Bolus Volume Selected (U)": "1.0",
        "Bolus Volume Delivered (U)": "1.0",
        "Raw-ID": "502"
      }),
      line({
        Index: "3",
        Date: "1/26/15",
        Time: "12:00:00",
        "Bolus Type": "Dual (square part)",
        "Bolus Volume Selected (U)": "2.0",
        "Bolus Volume Delivered (U)": "1.0",
        "Programmed Bolus Duration (hh:mm:ss)": "02:00:00",
        "Raw-ID": "503"
      }),
      line({
        Index: "4",
        Date: "1/26/15",
        Time: "12:00:01",
        "BWZ Estimate (U)": "3",
        "BWZ Carb Input (grams)": "30",
        "Raw-ID": "504"
      })
    ].join("\n");
    const { datums, problems } = await readSource(fileOf("old.csv", text), utc);
    expect(problems).toEqual([]);
    expect(datums).toMatchObject([
      { type: "smbg", time: "2015-01-26T11:35:02.000Z", origin: { id: "carelink:raw-501:smbg" } },
      {
        type: "wizard",
        carbInput: 30,
        bolus: {
          subType: "dual/square",
          normal: 1,
          extended: 1,
          duration: hours(1),
          expectedExtended: 2,
          expectedDuration: hours(2)
        }
      }
    ]);
    for (const datum of datums) expect(check(datum)).toEqual({ ok: true });
  });

  describe.skipIf(!hasSamples)("in ../shared/samples", () => {
    const path = "carelink/guardian_connect_eu.csv";

    it("gives what a count of its raw lines gives", async () => {
      const { datums, source } = await readSource(await sample(path), { timezone: "Europe/Berlin" });
      for (const datum of datums) expect(check(datum)).toEqual({ ok: true });
      // By position in lines that hold no quotes: numbers by their columns, markers by their text.
      const lines = readFileSync(samplePath(path), "utf8")
        .split("\r\n")
        .map((line) => line.split(";"))
        .filter(([index = "", date = ""]) => /^\d+,\d+$/u.test(index) && date !== "");
      const values = lines.filter((cells) => cells[31] !== "").map((cells) => Number(cells[31]));
      const cbg = datums.filter(({ type }) => type === "cbg");
      expect(cbg.map(({ value }) => value)).toEqual(values);
      expect(cbg).toHaveLength(22_149);
      const mean = (numbers: ReadonlyArray<number>) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
      const inRange = (numbers: ReadonlyArray<number>) => numbers.filter((value) => value >= 70 && value <= 180).length;
      const read = cbg.map(({ value }) => value as number);
      expect(mean(read)).toBeCloseTo(mean(values), 9);
      expect(inRange(read)).toBe(inRange(values));
      // Berlin has summer time in all of the file.
      const moments = lines
        .filter((cells) => cells[31] !== "")
        .map((cells) => `${cells[1]!.replaceAll("/", "-")}T${cells[2]}+02:00`);
      expect([cbg[0]?.time, cbg.at(-1)?.time]).toEqual(
        [moments[0]!, moments.at(-1)!].map((text) => new Date(text).toISOString())
      );
      const beyond = cbg.filter(({ annotations }) => annotations !== undefined).map(({ value }) => value);
      expect(beyond.sort()).toEqual(values.filter((value) => value === 40 || value === 400).sort());
      expect(beyond.filter((value) => value === 40)).toHaveLength(983);

      const markers = new Set(lines.filter((cells) => cells[33] !== "").map((cells) => cells.slice(1).join(";")));
      const amounts = (word: string) =>
        [...markers]
          .flatMap((line) => new RegExp(`;${word}: ([\\d,]+)`, "u").exec(line)?.[1]?.replace(",", ".") ?? [])
          .map(Number);
      const doses = datums
        .filter(({ type }) => type === "insulin")
        .map(({ dose }) => (dose as { total: number }).total);
      expect(doses.sort()).toEqual(amounts("Insulin").sort());
      const grams = datums
        .filter(({ type }) => type === "food")
        .map(({ nutrition }) => (nutrition as { carbohydrate: { net: number } }).carbohydrate.net);
      expect(grams.sort()).toEqual(amounts("Meal").sort());
      expect(datums.filter(({ type }) => type === "smbg")).toHaveLength(
        lines.filter((cells) => cells[4] !== "").length
      );
      expect(datums).toHaveLength(22_149 + doses.length + grams.length + 255);
      expect(new Set(idsOf(datums)).size).toBe(datums.length);
      expect(Object.fromEntries(source.parts[0]!.notes.notMapped)).toEqual({
        "alarm of another kind": 1857,
        "event of another kind": 8,
        "row of another kind": 1
      });
    });
  });
});
