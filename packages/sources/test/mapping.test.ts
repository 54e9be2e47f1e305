import { readFileSync } from "node:fs";
import { check } from "@tideway/schemas";
import { checkMapping, type Mapping } from "@tideway/sources";
import { describe, expect, it } from "vitest";
import { fileOf } from "./input-files.ts";
import { type GivenOptions, openFiles } from "./open-files.ts";
import { readSource } from "./read-source.ts";

const berlin = { timezone: "Europe/Berlin" };
const diary: Mapping = {
  id: "my-diary",
  time: "When",
  device: { model: "Diary", column: "Serial" },
  records: [
    { kind: "smbg", column: "Glucose (mg/dL)", range: { low: 20, high: 600 }, subType: "manual" },
    { kind: "insulin", acting: "rapid", column: "Rapid", food: "Meal", correction: "Correction", optional: true },
    { kind: "insulin", acting: "long", column: "Long", optional: true },
    { kind: "food", column: "Exchanges", gramsPerUnit: 12, optional: true },
    { kind: "exercise", column: "Sport", optional: true },
    { kind: "ketone", column: "Ketones", optional: true },
    { kind: "bolus", column: "Pump", extended: "Later", minutes: "Minutes", optional: true },
    { kind: "ignore", column: "Weight", as: "body weight", optional: true }
  ]
};

const read = async (text: string, options: GivenOptions = {}) => {
  const result = await readSource(fileOf("diary.csv", text), { mapping: diary, ...berlin, ...options });
  for (const datum of result.datums) expect(check(datum)).toEqual({ ok: true });
  return result;
};

/** Rows of the columns that a row names, in that order. */
const csv = (...rows: ReadonlyArray<Readonly<Record<string, string | number>>>): string => {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return [names, ...rows.map((row) => names.map((name) => row[name] ?? ""))].map((row) => row.join(",")).join("\n");
};

const glucose = "Glucose (mg/dL)";
const when = "2026-03-13 08:00";

describe("a table that is read by a mapping", () => {
  it("becomes datums of every kind that the mapping names", async () => {
    const { datums, problems, source } = await read(
      csv(
        { When: when, Serial: "A1", [glucose]: 98, Rapid: 5, Meal: 3.5, Correction: 1.5, Long: 20, Exchanges: 4 },
        { When: "2026-03-13 09:00", Serial: "A1", Sport: 30, Ketones: 0.4, Weight: 70 },
        { When: "2026-03-13 10:00", Serial: "A1", Pump: 2, Later: 1.5, Minutes: 90 },
        { When: "2026-03-13 11:00", Serial: "A1", Later: 1.5, Minutes: 90 },
        { When: "2026-03-13 12:00", Serial: "A1", Pump: 2 }
      )
    );
    expect(problems).toEqual([]);
    const rapid = { formulation: { simple: { actingType: "rapid" } } };
    const clock = new Set(["origin", "time", "deviceTime", "timezone", "timezoneOffset", "deviceId"]);
    const withoutClock = (datum: object) =>
      Object.fromEntries(Object.entries(datum).filter(([key]) => !clock.has(key)));
    expect(datums.map(withoutClock)).toEqual([
      { type: "smbg", subType: "manual", units: "mg/dL", value: 98 },
      { type: "insulin", dose: { total: 5, food: 3.5, correction: 1.5, units: "Units" }, ...rapid },
      {
        type: "insulin",
        dose: { total: 20, units: "Units" },
        formulation: { simple: { actingType: "long" } }
      },
      { type: "food", nutrition: { carbohydrate: { net: 48, units: "grams" } } },
      { type: "physicalActivity", duration: { units: "minutes", value: 30 } },
      { type: "bloodKetone", units: "mmol/L", value: 0.4 },
      { type: "bolus", subType: "dual/square", normal: 2, extended: 1.5, duration: 5_400_000 },
      { type: "bolus", subType: "square", extended: 1.5, duration: 5_400_000 },
      { type: "bolus", subType: "normal", normal: 2 }
    ]);
    expect(datums[0]).toMatchObject({
      time: "2026-03-13T07:00:00.000Z",
      deviceTime: "2026-03-13T08:00:00",
      timezone: "Europe/Berlin",
      timezoneOffset: 60,
      deviceId: "Diary-A1",
      origin: { id: "my-diary:A1:2026-03-13T08:00:00:smbg:smbg", name: "my-diary", type: "service" }
    });
    expect(source.parts[0]?.notes.devices).toEqual([{ id: "Diary-A1", model: "Diary" }]);
    expect(Object.fromEntries(source.parts[0]!.notes.notMapped)).toEqual({ "body weight": 1 });
  });

  it("is given as JSON text as well", async () => {
    const mapping = JSON.stringify(diary);
    expect((await read(csv({ When: when, Serial: "A1", [glucose]: 98 }), { mapping })).datums).toHaveLength(1);
  });

  it.each([
    ["2026-03-13T08:00:05+02:00", { time: "2026-03-13T06:00:05.000Z", timezoneOffset: 120 }],
    ["2026-03-13 08:00Z", { time: "2026-03-13T08:00:00.000Z" }],
    ["2026-03-13 08:00:00 +0530", { time: "2026-03-13T02:30:00.000Z", timezoneOffset: 330 }]
  ])("takes the moment that %s says, without a zone", async (text, expected) => {
    const file = fileOf("diary.csv", csv({ When: text, Serial: "A1", [glucose]: 98 }));
    const { datums, source } = await readSource(file, { mapping: diary });
    expect(source.needs).toEqual([]);
    expect(datums).toMatchObject([expected]);
    expect(datums[0]).not.toHaveProperty("timezone");
  });

  it.each([
    ["epoch-milliseconds", "1773388800123", "2026-03-13T08:00:00.123Z"],
    ["epoch-seconds", "1773388800", "2026-03-13T08:00:00.000Z"],
    ["utc", "2026-03-13 08:00", "2026-03-13T08:00:00.000Z"]
  ] as const)("takes times that the mapping says are %s", async (clock, text, time) => {
    const file = fileOf("diary.csv", csv({ When: text, Serial: "A1", [glucose]: 98 }));
    const { datums } = await readSource(file, { mapping: { ...diary, clock } });
    expect(datums).toMatchObject([{ time }]);
  });

  it.each([
    ["Feb 28, 2026 8:51:04 PM", "2026-02-28T20:51:04"],
    ["28 Feb 2026 20:51", "2026-02-28T20:51:00"],
    ["28. Februar 2026 20:51", "2026-02-28T20:51:00"],
    ["3. März 2026 20:51", "2026-03-03T20:51:00"],
    ["3 de diciembre de 2025 20:51", "2025-12-03T20:51:00"],
    ["1 juil. 2025, 20:51", "2025-07-01T20:51:00"],
    ["1 juin 2025 20:51", "2025-06-01T20:51:00"]
  ])("reads the month by its name in %s", async (text, deviceTime) => {
    const { datums } = await read(csv({ When: `"${text}"`, Serial: "A1", [glucose]: 98 }));
    expect(datums).toMatchObject([{ deviceTime }]);
  });

  it("asks for the zone, the order of day and month, and the units, with the rows", async () => {
    const mapping: Mapping = {
      ...diary,
      time: { date: "Date", time: "Time" },
      device: { model: "Meter" },
      records: [{ kind: "smbg", column: "Result" }]
    };
    const file = fileOf("a.csv", "Date,Time,Result\n01/02/2026,08:00,5.4\n");
    const source = await openFiles([file], { mapping });
    expect(source.needs).toMatchObject([
      { kind: "timezone", examples: [{ row: 2, text: "01/02/2026 08:00" }] },
      { kind: "units", examples: [] },
      { kind: "date-order", choices: ["dmy", "mdy"], examples: [{ row: 2 }] }
    ]);
    const answers = { ...berlin, units: "mmol/L", dateOrder: "mdy" } as const;
    const { datums } = await readSource(file, { mapping, ...answers });
    expect(datums).toMatchObject([{ deviceTime: "2026-01-02T08:00:00", value: 5.4, units: "mmol/L" }]);
  });

  it("takes the units of each row's own cell, and asks where values cannot be in the units of the heading", async () => {
    const mapping: Mapping = {
      ...diary,
      device: { model: "Meter" },
      records: [{ kind: "smbg", column: "Result", units: { column: "Unit" } }]
    };
    const mixed = fileOf(
      "a.csv",
      csv({ When: when, Result: 98, Unit: "mg/dl" }, { When: when, Result: 5.4, Unit: "mmol/l" })
    );
    const { datums } = await readSource(mixed, { mapping, ...berlin });
    expect(datums.map(({ value, units }) => [value, units])).toEqual([
      [5.4, "mmol/L"],
      [98, "mg/dL"]
    ]);
    const rows = Array.from({ length: 20 }, (_, minute) => ({
      When: `2026-03-13 08:${minute + 10}`,
      Serial: "A1",
      [glucose]: 5 + minute / 10
    }));
    const doubtful = fileOf("diary.csv", csv(...rows));
    expect((await openFiles([doubtful], { mapping: diary, ...berlin })).needs).toMatchObject([{ kind: "units" }]);
    const told = await read(csv(...rows), { units: "mmol/L" });
    expect(told.datums[0]).toMatchObject({ value: 5, units: "mmol/L" });
  });

  it("makes of words for beyond the range what Tidepool expects, by the mapping's own range", async () => {
    const { datums } = await read(
      csv({ When: when, Serial: "A1", [glucose]: "LO" }, { When: "2026-03-13 09:00", Serial: "A1", [glucose]: "High" })
    );
    expect(datums).toMatchObject([
      { value: 19, annotations: [{ code: "bg/out-of-range", value: "low", threshold: 20 }] },
      { value: 601, annotations: [{ code: "bg/out-of-range", value: "high", threshold: 600 }] }
    ]);
    const mapping: Mapping = { ...diary, records: [{ kind: "smbg", column: glucose }] };
    const { problems } = await read(csv({ When: when, Serial: "A1", [glucose]: "LO" }), { mapping });
    expect(problems).toMatchObject([{ code: "no-range", row: 2, column: glucose }]);
  });

  it("leaves out what a rule says is blank, and rows that it does not mean", async () => {
    const mapping: Mapping = {
      ...diary,
      device: { model: "Meter" },
      records: [
        { kind: "smbg", column: glucose, where: { Source: ["Meter", "man*"], Control: "" } },
        { kind: "food", column: "Carbs", zeroIsBlank: true }
      ]
    };
    const { datums } = await read(
      csv(
        { When: "2026-03-13 08:00", [glucose]: 91, Source: "meter", Carbs: 0, Control: "" },
        { When: "2026-03-13 08:01", [glucose]: 92, Source: "Manual", Carbs: 7, Control: "" },
        { When: "2026-03-13 08:02", [glucose]: 93, Source: "Other", Control: "" },
        { When: "2026-03-13 08:03", [glucose]: 94, Source: "meter", Control: "X" }
      ),
      { mapping }
    );
    expect(datums.map(({ type, value }) => [type, value])).toEqual([
      ["smbg", 91],
      ["smbg", 92],
      ["food", undefined]
    ]);
  });

  it("reads a table without headings by numbers, and keeps notes only where it is told to", async () => {
    const mapping: Mapping = {
      id: "plain",
      headings: false,
      time: 1,
      notes: 3,
      records: [{ kind: "cbg", column: 2, units: "mg/dL" }]
    };
    const { datums } = await read("2026-03-13 08:00;98;after lunch\n2026-03-13 08:05;99;\n", { mapping });
    expect(datums).toMatchObject([{ value: 98, notes: ["after lunch"] }, { value: 99 }]);
    expect(datums[1]).not.toHaveProperty("notes");
  });

  it("tells records apart by the columns that the mapping says, else by device and time", async () => {
    const rows = [
      { When: when, Serial: "A1", Key: "7", [glucose]: 98 },
      { When: when, Serial: "A1", Key: "8", [glucose]: 97 },
      { When: when, Serial: "A1", Key: "8", [glucose]: 97 }
    ];
    const ids = async (text: string, options: GivenOptions = {}) =>
      (await read(text, options)).datums.map(({ value, origin }) => `${value} ${origin.id}`).sort();
    const place = "my-diary:A1:2026-03-13T08:00:00:smbg:smbg";
    expect(await ids(csv(...rows))).toEqual([`97 ${place}`, `98 ${place}:2`]);
    expect(await ids(csv(...rows.toReversed()))).toEqual([`97 ${place}`, `98 ${place}:2`]);
    expect(await ids(csv(...rows), { timezone: "Asia/Tokyo" })).toEqual([`97 ${place}`, `98 ${place}:2`]);
    expect(await ids(csv(...rows), { mapping: { ...diary, key: ["Key"] } })).toEqual([
      "97 my-diary:8:smbg:smbg",
      "98 my-diary:7:smbg:smbg"
    ]);
  });

  it("refuses a row whose part is wrong rather than half of it, and never says its values", async () => {
    const { datums, problems } = await read(
      csv(
        { When: when, Serial: "A1", [glucose]: "98x" },
        { When: when, Serial: "A1", Rapid: -31 },
        { When: when, Serial: "A1", Pump: 2, Later: 1.5, Minutes: "" },
        { When: "31.02.2026 08:00", Serial: "A1", [glucose]: 98 },
        { When: "", Serial: "A1", [glucose]: 98 },
        { When: "2161-03-13 08:00", Serial: "A1", [glucose]: 98 },
        { When: when, Serial: "A1", [glucose]: 3 }
      ),
      { now: Date.parse("2026-11-26") }
    );
    expect(datums).toEqual([]);
    expect(problems.map(({ code, row }) => `${row} ${code}`)).toEqual([
      "2 glucose-not-a-number",
      "3 bad-amount",
      "4 no-duration",
      "5 bad-time",
      "6 bad-time",
      "7 in-the-future",
      "8 glucose-implausible"
    ]);
    expect(problems.map(({ message }) => message).join(" ")).not.toMatch(/98|31|2161/u);
  });

  it("refuses a table that lacks a column, by the mapping's own path", async () => {
    const open = (text: string) => openFiles([fileOf("a.csv", text)], { mapping: diary, ...berlin });
    await expect(open("When,Rapid\n2026-03-13,1\n")).rejects.toMatchObject({
      code: "incomplete",
      message: expect.stringMatching(/my-diary names at records\[0\], device\.column/u)
    });
    await expect(open("a,b\n1,2\n")).rejects.toMatchObject({ code: "incomplete" });
    await expect(open("")).rejects.toMatchObject({ code: "incomplete" });
  });

  it("cannot be given beside a format", async () => {
    const options = { mapping: diary, format: "libreview" };
    await expect(openFiles([fileOf("a.csv", "")], options)).rejects.toMatchObject({ _tag: "InvalidOption" });
  });
});

it("does what MAPPING.md's example says", async () => {
  const page = readFileSync(new URL("../MAPPING.md", import.meta.url), "utf8");
  const [, mapping = ""] = /```json\n([^]+?)```/u.exec(page) ?? [];
  const [, table = ""] = /```csv\n([^]+?)```/u.exec(page) ?? [];
  const { datums, problems, source } = await readSource(fileOf("diary.csv", table), { mapping, ...berlin });
  expect(problems).toEqual([]);
  expect(datums.map(({ type, origin }) => `${type} ${origin.id}`)).toEqual([
    "smbg my-diary:8812-4:2026-03-13T07:45:00:smbg:smbg",
    "food my-diary:8812-4:2026-03-13T07:45:00:food:food",
    "insulin my-diary:8812-4:2026-03-13T07:45:00:insulin-rapid:insulin",
    "insulin my-diary:8812-4:2026-03-13T22:10:00:insulin-long:insulin"
  ]);
  expect(datums[1]).toMatchObject({ nutrition: { carbohydrate: { net: 48 } } });
  expect(Object.fromEntries(source.parts[0]!.notes.notMapped)).toEqual({
    "body weight": 1,
    "row that no rule makes a record of": 1
  });
});

describe("a mapping that is wrong", () => {
  const base = { id: "my-meter", time: "Date", records: [{ kind: "smbg", column: "Glucose" }] };

  it("is right to begin with", () => {
    expect(checkMapping(base)).toBe(base);
  });

  it.each([
    ["{", /must be JSON/u],
    ["[]", /at the top: it must be an object, as in \{ "id"/u],
    [{ ...base, id: undefined }, /at id: it is missing/u],
    [{ ...base, id: "My Meter" }, /at id: it must be 2 to 24 small letters/u],
    [{ ...base, tiem: 1 }, /at tiem: it is no member here; the members are id, time/u],
    [{ ...base, time: { date: "Date" } }, /at time\.time: it is missing, as in "time": \{ "date"/u],
    [{ ...base, clock: "gmt" }, /at clock: it must be one of local, utc/u],
    [{ ...base, headings: true }, /at headings: it must be false or left out/u],
    [{ ...base, records: [] }, /at records: it must be a list of rules/u],
    [{ ...base, records: [{ kind: "glucose", column: "a" }] }, /at records\[0\]\.kind: it must be one of cbg, smbg/u],
    [{ ...base, records: [{ kind: "smbg" }] }, /at records\[0\]: it must have either column or sum/u],
    [{ ...base, records: [{ kind: "smbg", column: 0 }] }, /at records\[0\]\.column: it must be the heading/u],
    [
      { ...base, records: [{ kind: "smbg", column: "a", units: "mg" }] },
      /at records\[0\]\.units: it must be one of mg\/dL, mmol\/L, as in "units": "mg\/dL"/u
    ],
    [{ ...base, records: [{ kind: "insulin", column: "a" }] }, /at records\[0\]\.acting: it is missing/u],
    [
      { ...base, records: [{ kind: "food", column: "a", gramsPerUnit: 0 }] },
      /gramsPerUnit: it must be a number above 0/u
    ],
    [{ ...base, records: [{ kind: "smbg", column: "a", where: { b: 1 } }] }, /where\.b: it must be a text or a list/u],
    [{ ...base, records: [{ kind: "bolus", column: "a", extended: "b" }] }, /extended and minutes together/u],
    [
      { ...base, records: [{ kind: "smbg", column: "a", __proto__: null, constructor: 1 }] },
      /constructor: it is no member/u
    ]
  ])("is refused by path, rule and example: %j", (mapping, message) => {
    expect(() => checkMapping(mapping)).toThrow(
      expect.objectContaining({ _tag: "InvalidOption", message: expect.stringMatching(message) })
    );
  });
});
