import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { check } from "@tideway/schemas";
import { type InputFile } from "@tideway/sources";
import { describe, expect, it } from "vitest";
import { canReadDatabases } from "../src/node/temporary-database.ts";
import {
  type ConnectContents,
  connectCurve,
  connectDatabase,
  connectExample,
  connectZip,
  minute,
  start
} from "./health-connect-file.ts";
import { fileOf } from "./input-files.ts";
import { type GivenOptions, openFiles } from "./open-files.ts";
import { readSource } from "./read-source.ts";

const readFiles = async (files: InputFile | ReadonlyArray<InputFile>, options: GivenOptions = {}) => {
  const result = await readSource(files, options);
  for (const datum of result.datums) expect(check(datum)).toEqual({ ok: true });
  return result;
};
const read = (contents: ConnectContents, options: GivenOptions = {}) =>
  readFiles(fileOf("Health Connect.zip", connectZip(contents)), options);
const leftBehind = () => readdirSync(tmpdir()).filter((name) => /^tideway-[^t]/u.test(name) && name.length === 14);

describe("an export of Health Connect", () => {
  it("becomes datums of the kinds that Tidepool has, with the clock's offset and without names", async () => {
    const { datums, problems, source } = await read({
      glucose: [
        { uuid: "a1", level: 5.4321 },
        { uuid: "a2", specimen: 2, app: 3, level: 6.1, method: 3, zone: -12_600 },
        { uuid: "a3", specimen: "2", app: 3, level: 7, zone: null }
      ],
      food: [{ uuid: "b1", carbs: 42.5 }, { carbs: null }],
      exercise: [
        { uuid: "c1", exercise: 33, app: 4 },
        { uuid: "c2", exercise: 36, app: 4 }
      ]
    });
    expect(problems).toEqual([]);
    const id = (uuid: string, kind: string) => ({
      origin: { id: `health-connect:${uuid.padStart(32, "0")}:${kind}`, name: "health-connect", type: "application" }
    });
    const time = "2026-03-13T07:00:00.000Z";
    const winter = { time, timezoneOffset: 60, deviceTime: "2026-03-13T08:00:00" };
    const mmol = { units: "mmol/L" };
    const deviceId = "Health Connect-Dexcom G7";
    const half = { duration: { value: 1800, units: "seconds" } };
    const other = datums[4]?.["deviceId"];
    expect(other).toMatch(/^Health Connect-app [\w-]{6}$/u);
    expect(datums).toEqual([
      { type: "cbg", ...mmol, value: 5.4321, ...winter, deviceId, ...id("a1", "glucose") },
      {
        type: "smbg",
        subType: "manual",
        ...mmol,
        value: 6.1,
        time,
        timezoneOffset: -210,
        deviceTime: "2026-03-13T03:30:00",
        deviceId: "Health Connect-mySugr",
        ...id("a2", "glucose")
      },
      { type: "smbg", ...mmol, value: 7, time, deviceId: "Health Connect-mySugr", ...id("a3", "glucose") },
      {
        type: "food",
        nutrition: { carbohydrate: { net: 42.5, units: "grams" } },
        ...winter,
        deviceId,
        ...id("b1", "food")
      },
      {
        type: "physicalActivity",
        activityType: "running",
        ...half,
        ...winter,
        deviceId: other,
        ...id("c1", "physicalActivity")
      },
      {
        type: "physicalActivity",
        activityType: "other",
        activityTypeOther: "Scuba diving",
        ...half,
        ...winter,
        deviceId: other,
        ...id("c2", "physicalActivity")
      }
    ]);
    const { notes, format } = source.parts[0]!;
    expect(format.id).toBe("health-connect");
    expect(Object.fromEntries(notes.notMapped)).toEqual({ "food without carbohydrates": 1 });
    expect(notes.assumed).toMatchObject([{ code: "database-version", message: expect.stringMatching(/version 17/u) }]);
    expect(JSON.stringify({ datums, devices: notes.devices })).not.toMatch(/Yuri|cake/u);
  });

  it("gives every value that was put into the database, in its place and unrounded", async () => {
    const { datums } = await read({ glucose: connectCurve(1, 700) });
    const levels = connectCurve(1, 700).map(({ level }) => level as number);
    const values = datums.map(({ value }) => value as number);
    expect(values).toEqual(levels);
    expect(new Set(datums.map(({ type, sampleInterval }) => `${type} ${sampleInterval}`))).toEqual(
      new Set(["cbg 300000"])
    );
    expect([datums[0]?.time, datums.at(-1)?.time]).toEqual([
      new Date(start).toISOString(),
      new Date(start + 699 * 5 * minute).toISOString()
    ]);
  });

  it("keeps one of two apps that wrote down one sensor", async () => {
    const { datums, problems } = await read({ glucose: [...connectCurve(2, 45, 1300), ...connectCurve(1)] });
    const of = (label: string) => datums.filter(({ deviceId }) => deviceId === `Health Connect-${label}`).length;
    expect([of("Dexcom G7"), of("xDrip")]).toEqual([40, 5]);
    expect(problems.filter(({ code }) => code === "same-sensor")).toHaveLength(40);
  });

  it("gives a record that two exports have once, as it was changed last", async () => {
    const older = fileOf("1.zip", connectZip({ food: [{ uuid: "b1", carbs: 20, modified: 1000 }, { uuid: "b2" }] }));
    const newer = fileOf("2.zip", connectZip({ food: [{ uuid: "b1", carbs: 25, modified: 2000 }, { uuid: "b2" }] }));
    for (const files of [
      [older, newer],
      [newer, older]
    ]) {
      const { datums, problems } = await readFiles(files);
      expect(
        datums.map(({ nutrition }) => (nutrition as { carbohydrate: { net: number } }).carbohydrate.net).sort()
      ).toEqual([25, 30]);
      expect(new Set(datums.map(({ origin }) => origin.id)).size).toBe(2);
      expect(problems.map(({ code }) => code)).toEqual(["repeated-record", "repeated-record"]);
    }
  });

  it("is read as the bare database too, with columns in another order and some that are new or gone", async () => {
    const change = `ALTER TABLE blood_glucose_record_table DROP COLUMN meal_type;
      ALTER TABLE blood_glucose_record_table ADD COLUMN device_data_provider_id INTEGER;
      DROP TABLE nutrition_record_table;`;
    const database = connectDatabase({ glucose: [{ level: 5 }], version: 26, change });
    const { datums, source } = await readFiles(fileOf("health_connect_export.db", database));
    expect(datums).toMatchObject([{ value: 5 }]);
    expect(source.parts[0]?.notes.warnings).toMatchObject([
      { code: "missing-table", message: expect.stringMatching(/nutrition_record_table/u) }
    ]);
  });

  it.each([
    ["no glucose", { level: null }, "glucose-implausible"],
    ["glucose in mg/dL", { level: 100 }, "glucose-implausible"],
    ["glucose that is text", { level: "abc" }, "glucose-implausible"],
    ["no time", { time: null }, "bad-time"],
    ["a time of the future", { time: Date.UTC(2161, 0) }, "in-the-future"],
    ["a uuid that is none", { uuid: "00".repeat(17) }, "bad-id"]
  ])("refuses %s, and says in which row", async (_, cells, code) => {
    const { datums, problems } = await read({ glucose: [cells, {}] }, { now: Date.parse("2026-11-26") });
    expect(datums).toHaveLength(1);
    expect(problems).toMatchObject([{ outcome: "rejected", code, row: 1 }]);
    expect(problems[0]?.file).toBe("Health Connect.zip/health_connect_export.db/blood_glucose_record_table");
  });

  it("refuses what is damaged or of a schema that is not known, and leaves no file behind", async () => {
    const before = leftBehind().length;
    const database = connectDatabase(connectExample);
    const cut = openFiles([fileOf("a.db", database.slice(0, 20_480))]);
    await expect(cut).rejects.toMatchObject({ _tag: "UnreadableInput", code: "damaged" });
    const change =
      "DROP TABLE blood_glucose_record_table; DROP TABLE nutrition_record_table; DROP TABLE exercise_session_record_table;";
    const empty = openFiles([fileOf("a.db", connectDatabase({ change }))]);
    await expect(empty).rejects.toMatchObject({ _tag: "UnreadableInput", code: "incomplete" });
    // Whoever stops early leaves nothing either.
    const source = await openFiles([fileOf("a.db", database)]);
    for await (const _ of source.pages) break;
    expect(leftBehind()).toHaveLength(before);
  });

  it("knows where there is no Node", () => {
    expect(canReadDatabases()).toBe(true);
    expect(canReadDatabases({})).toBe(false);
    expect(canReadDatabases({ process: {} })).toBe(false);
  });
});
