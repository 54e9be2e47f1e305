import { check } from "@tideway/schemas";
import { expect, it } from "vitest";
import { fileOf } from "./input-files.ts";
import { readSource } from "./read-source.ts";

const headings = (units: string): ReadonlyArray<string> => [
  "ID",
  "Time",
  "Record Type",
  `Historic Glucose (${units})`,
  `Scan Glucose (${units})`,
  "Non-numeric Rapid-Acting Insulin",
  "Rapid-Acting Insulin (units)",
  "Non-numeric Food",
  "Carbohydrates (grams)",
  "Non-numeric Long-Acting Insulin",
  "Long-Acting Insulin (units)",
  "Notes",
  `Strip Glucose (${units})`,
  "Ketone (mmol/L)",
  "Meal Insulin (units)",
  "Correction Insulin (units)",
  "User Change Insulin (units)",
  "Previous Time",
  "Updated Time"
];
const rows: ReadonlyArray<Readonly<Record<number, string>>> = [
  { 1: "2016/12/31 08:00", 2: "0", 3: "5,4" },
  { 1: "2016/12/31 08:15", 2: "0", 3: "5,6" },
  { 1: "2016/12/31 08:20", 2: "1", 4: "5,8" },
  { 1: "2016/12/31 08:30", 2: "2", 12: "6,1" },
  { 1: "2016/12/31 08:31", 2: "3", 13: "0,3" },
  { 1: "2016/12/31 08:40", 2: "4", 6: "3" },
  { 1: "2016/12/31 08:41", 2: "5", 8: "30" },
  { 1: "2016/12/31 08:42", 2: "4", 10: "12" },
  { 1: "2016/12/31 09:00", 2: "6", 17: "2016/12/31 09:00", 18: "2016/12/31 10:00" }
];

it.each([
  ["as it is", "mmol/L", (name: string) => name],
  ["in another language", "mmol/l", (name: string) => `Spalte ${name.replaceAll(/[a-z -]+(?=\()/giu, "")}`]
])("a file of the FreeStyle Libre program for computers is read %s", async (_, units, translated) => {
  const lines = [
    ["Anna"],
    headings(units).map(translated),
    ...rows.map((cells, index) => headings("").map((__, at) => (at === 0 ? String(index + 1) : (cells[at] ?? ""))))
  ].map((cells) => cells.join("\t"));
  const { source, datums, problems } = await readSource(fileOf("export.txt", `${lines.join("\r\n")}\r\n`), {
    timezone: "Etc/UTC"
  });
  expect(source.parts[0]?.format.id).toBe("libreview");
  expect(problems).toEqual([]);
  expect(datums.filter((datum) => !check(datum).ok)).toEqual([]);
  expect(datums).toMatchObject([
    { type: "cbg", value: 5.4, units: "mmol/L", time: "2016-12-31T08:00:00.000Z" },
    { type: "cbg", value: 5.6 },
    { type: "smbg", subType: "scanned", value: 5.8 },
    { type: "smbg", value: 6.1 },
    { type: "bloodKetone", value: 0.3 },
    { type: "insulin", dose: { total: 3 } },
    { type: "food", nutrition: { carbohydrate: { net: 30 } } },
    { type: "insulin", dose: { total: 12 } }
  ]);
  expect(JSON.stringify(datums)).not.toContain("Anna");
});
