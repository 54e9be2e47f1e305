import { check } from "@tideway/schemas";
import { describe, expect, it } from "vitest";
import { fileOf } from "./input-files.ts";
import { type GivenOptions, openFiles } from "./open-files.ts";
import { readSource } from "./read-source.ts";

const read = async (text: string, options: GivenOptions = {}) => {
  const result = await readSource(fileOf("export.csv", text), { timezone: "Europe/Berlin", ...options });
  for (const datum of result.datums) expect(check(datum)).toEqual({ ok: true });
  return result;
};
const quoted = (cells: ReadonlyArray<string | number>) => cells.map((cell) => `"${cell}"`).join(",");

describe("an export of mySugr", () => {
  const headings = [
    "Date",
    "Time",
    "Tags",
    "Blood Sugar Measurement (mg/dL)",
    "Insulin Injection Units (Pen)",
    "Basal Injection Units",
    "Insulin Injection Units (pump)",
    "Insulin (Meal)",
    "Insulin (Correction)",
    "Temporary Basal Percentage",
    "Temporary Basal Duration (Minutes)",
    "Meal Carbohydrates (Grams, Factor 1)",
    "Meal Descriptions",
    "Activity Duration (Minutes)",
    "Activity Intensity (1: Cosy, 2: Ordinary, 3: Demanding)",
    "Activity Description",
    "Steps",
    "Note",
    "Location",
    "Blood pressure",
    "Body weight (kg)",
    "HbA1c (Percent)",
    "Ketones",
    "Food type",
    "Medication",
    "Timezone",
    "Latitude",
    "Longitude"
  ];
  const row = (cells: Readonly<Record<string, string | number>>) =>
    quoted(headings.map((heading) => cells[heading.replace(/ \(mg\/dL\)| \(Grams.*| \(Minutes\)$/u, "")] ?? ""));
  const at = (time: string) => ({ Date: "Feb 28, 2026", Time: time });

  it("gives each dose once: the parts of a dose are no doses of their own", async () => {
    const { datums, problems, source } = await read(
      [
        quoted(headings),
        row({ ...at("8:51:04 PM"), "Blood Sugar Measurement": 132, "Meal Carbohydrates": 45, Note: "with Yuri" }),
        row({
          ...at("8:52:00 PM"),
          "Insulin Injection Units (Pen)": 5,
          "Insulin (Meal)": 3.5,
          "Insulin (Correction)": 1.5
        }),
        row({ ...at("8:53:00 PM"), "Insulin Injection Units (pump)": 4, "Insulin (Meal)": 4 }),
        row({ ...at("8:54:00 PM"), "Insulin (Meal)": 2, "Insulin (Correction)": 1 }),
        row({ ...at("8:55:00 PM"), "Basal Injection Units": 22 }),
        row({ ...at("8:56:00 PM"), "Activity Duration": 30, "Body weight (kg)": 80 })
      ].join("\n")
    );
    expect(problems).toEqual([]);
    expect(source.parts).toMatchObject([{ format: { id: "mysugr", name: "mySugr CSV" } }]);
    expect(datums.map(({ type, deviceTime }) => [type, (deviceTime as string).slice(11)])).toEqual([
      ["smbg", "20:51:04"],
      ["food", "20:51:04"],
      ["insulin", "20:52:00"],
      ["bolus", "20:53:00"],
      ["insulin", "20:54:00"],
      ["insulin", "20:55:00"],
      ["physicalActivity", "20:56:00"]
    ]);
    expect(datums.slice(2, 6)).toMatchObject([
      { dose: { total: 5, food: 3.5, correction: 1.5 }, formulation: { simple: { actingType: "rapid" } } },
      { normal: 4, subType: "normal" },
      { dose: { total: 3 }, formulation: { simple: { actingType: "rapid" } } },
      { dose: { total: 22 }, formulation: { simple: { actingType: "long" } } }
    ]);
    expect(Object.fromEntries(source.parts[0]!.notes.notMapped)).toEqual({ note: 1, "body weight": 1 });
    expect(JSON.stringify(datums)).not.toContain("Yuri");
  });

  it("counts exchanges in grams by the factor of the heading, in German too", async () => {
    const german =
      "Datum;Zeit;Tags;Blutzuckermessung (mg/dL);Bolusinjektionseinheiten (Pen);Basalinjektionseinheiten;Bolus (Mahlzeit);Bolus (Korrektur);Mahlzeitkohlenhydrate (Broteinheiten, Faktor 12);Notiz";
    const { datums } = await read(`${german}\n28.02.2026;20:51:04;;132;4,5;;4,5;;3,5;\n`);
    expect(datums).toMatchObject([
      { type: "smbg", value: 132, deviceTime: "2026-02-28T20:51:04" },
      { type: "insulin", dose: { total: 4.5, food: 4.5, correction: 0 } },
      { type: "food", nutrition: { carbohydrate: { net: 42 } } }
    ]);
  });
});

describe("a report of the Contour Diabetes app", () => {
  const headings =
    "#,Date and Time,Readings [mmol/L],Meal Marker,Data Source,Notes,Activity,Meal[g],Medication,Location";

  it("is read with the units of its heading, in the phone's way to write times", async () => {
    const { datums, source } = await read(
      `\uFEFF${headings}\n1,13.4.26. 8:05,5.6,Fasting,Meter,,,,,\n2,13.4.26. 12:05,HI,After Meal,Meter,with Yuri,,45,Insulin 4,\n3,13.4.26. 13:05,,,,,,20,,\n`
    );
    expect(source.parts).toMatchObject([{ format: { id: "contour" } }]);
    expect(datums).toMatchObject([
      { type: "smbg", value: 5.6, units: "mmol/L", deviceTime: "2026-04-13T08:05:00", deviceId: "Contour" },
      { type: "smbg", annotations: [{ value: "high", threshold: 600 }] },
      { type: "food", nutrition: { carbohydrate: { net: 45 } } },
      { type: "food", nutrition: { carbohydrate: { net: 20 } } }
    ]);
    expect(Object.fromEntries(source.parts[0]!.notes.notMapped)).toEqual({ note: 1, "medication as text": 1 });
  });

  it("has the same ids whatever numbers its rows have, and asks for the order of day and month", async () => {
    const american = headings.replace("Readings [mmol/L]", "BGValue[mg/dL]");
    const file = (number: number) => `${american}\n${number},04/05/2026 08:05:00\u202FAM,99,Fasting,Meter,,,,,\n`;
    expect((await openFiles([fileOf("a", file(1))], { timezone: "UTC" })).needs).toMatchObject([
      { kind: "date-order" }
    ]);
    const id = async (number: number) => (await read(file(number), { dateOrder: "mdy" })).datums[0]?.origin.id;
    expect(await id(1)).toBe("contour::2026-04-05T08:05:00:smbg:smbg");
    expect(await id(17)).toBe(await id(1));
  });
});

describe("a report of an Accu-Chek meter", () => {
  const text = (...rows: ReadonlyArray<string>) =>
    [
      "Serial number;Download date;Download time;;;;;;;",
      "U100241440;08.12.2026;17:04;;;;;;;",
      "Date;Time;Result;Unit;Temperature warning;Out of target range;Other;Before meal;After meal;Control test",
      ...rows
    ].join("\r\n");

  it("is read with each row's units and the meter's serial number, without tests of control solution", async () => {
    const { datums, problems, source } = await read(
      text(
        "08.12.2026;16:40;5.6;mmol/L;;;;X;;",
        "07.12.2026;16:40;Lo;mmol/L;;;;;;",
        "06.12.2026;16:40;6.1;mmol/L;;;;;;X"
      )
    );
    expect(problems).toEqual([]);
    expect(source.parts).toMatchObject([{ format: { id: "accu-chek" } }]);
    expect(datums).toMatchObject([
      {
        value: 5.6,
        units: "mmol/L",
        deviceTime: "2026-12-08T16:40:00",
        deviceId: "Accu-Chek Mobile-U100241440",
        origin: { id: "accu-chek:U100241440:2026-12-08T16:40:00:smbg:smbg" }
      },
      { annotations: [{ value: "low", threshold: 10 }] }
    ]);
    expect(Object.fromEntries(source.parts[0]!.notes.notMapped)).toEqual({ "test with control solution": 1 });
  });
});
