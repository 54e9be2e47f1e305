import { check } from "@tideway/schemas";
import { type InputFile } from "@tideway/sources";
import { describe, expect, it } from "vitest";
import {
  carbs,
  type Cells,
  element,
  glucose,
  healthFile,
  healthText,
  heart,
  insulin,
  moment
} from "./apple-health-file.ts";
import { fileOf, zipOf } from "./input-files.ts";
import { type GivenOptions, openFiles } from "./open-files.ts";
import { readSource } from "./read-source.ts";

const start = Date.parse("2026-03-13T07:00:00Z");
const minute = 60_000;

const readFiles = async (files: InputFile | ReadonlyArray<InputFile>, options: GivenOptions = {}) => {
  const result = await readSource(files, options);
  for (const datum of result.datums) expect(check(datum)).toEqual({ ok: true });
  return result;
};
const read = (...elements: ReadonlyArray<string>) => readFiles(healthFile(...elements));
const idsOf = (datums: ReadonlyArray<{ readonly origin: { readonly id: string } }>) =>
  [...new Set(datums.map(({ origin }) => origin.id))].sort();

/** Readings every five minutes. */
const curve = (sourceName: string, { count = 40, shift = 0, bend = 40, every = 5 } = {}): ReadonlyArray<string> =>
  Array.from({ length: count }, (_, index) =>
    glucose({
      sourceName,
      value: Math.round(140 + bend * Math.sin(index / 6)),
      startDate: moment(start + index * every * minute + shift),
      endDate: moment(start + index * every * minute + shift)
    })
  );

const basal = (from: number, to: number, value: number, cells: Cells = {}) =>
  insulin(
    { startDate: moment(start + from * 1000), endDate: moment(start + to * 1000), value, ...cells },
    { HKInsulinDeliveryReason: 1 }
  );

describe("an export of Apple Health", () => {
  it("becomes datums of every kind that Tidepool has", async () => {
    const { datums, problems, source } = await read(
      heart({}),
      glucose({ value: 123 }),
      glucose({ sourceName: "Health", value: 5.5, unit: "mmol<180.1558800000541>/L" }, { HKWasUserEntered: 1 }),
      glucose({ sourceName: "OneTouch Reveal", value: 98 }),
      insulin({ value: 2.5 }, { HKInsulinDeliveryReason: 2 }),
      insulin(
        { value: 0.3, startDate: "2026-03-13 09:00:00 +0100" },
        { HKInsulinDeliveryReason: 2, "com.loopkit.InsulinKit.MetadataKeyAutomaticallyIssued": 1 }
      ),
      insulin({ value: 0.1, endDate: "2026-03-13 08:05:00 +0100" }, { HKInsulinDeliveryReason: 1 }),
      insulin({ sourceName: "mySugr", value: 18 }, { HKInsulinDeliveryReason: 1 }),
      carbs({ value: 45.5 }, { HKFoodType: "Yuri's cake" }),
      element(
        "Workout",
        {
          workoutActivityType: "HKWorkoutActivityTypeRunning",
          duration: 31.5,
          durationUnit: "min",
          sourceName: "Yuri’s Apple\u00A0Watch",
          startDate: "2026-03-13 08:00:00 +0100",
          endDate: "2026-03-13 08:32:00 +0100"
        },
        { HKTimeZone: "America/Denver" },
        [
          '<WorkoutEvent type="HKWorkoutEventTypePause" date="2026-03-13 08:10:00 +0100"/>',
          '<WorkoutStatistics type="HKQuantityTypeIdentifierBasalEnergyBurned" sum="50" unit="Cal"/>',
          '<WorkoutStatistics type="HKQuantityTypeIdentifierActiveEnergyBurned" sum="301.2" unit="Cal"/>',
          '<WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="4.8" unit="km"/>'
        ]
      )
    );
    expect(problems).toEqual([]);
    const time = "2026-03-13T07:00:00.000Z";
    const long = { formulation: { simple: { actingType: "long" } } };
    expect(datums.map((datum) => ({ ...datum, origin: undefined }))).toEqual(
      [
        { time, deviceId: "Apple Health-Dexcom G6", type: "cbg", units: "mg/dL", value: 123 },
        { time, deviceId: "Apple Health-Health", type: "smbg", subType: "manual", units: "mmol/L", value: 5.5 },
        { time, deviceId: "Apple Health-OneTouch Reveal", type: "smbg", units: "mg/dL", value: 98 },
        { time, deviceId: "Apple Health-Loop", type: "bolus", subType: "normal", normal: 2.5 },
        {
          time: "2026-03-13T08:00:00.000Z",
          deviceId: "Apple Health-Loop",
          type: "bolus",
          subType: "automated",
          normal: 0.3
        },
        {
          time,
          deviceId: "Apple Health-Loop",
          type: "basal",
          deliveryType: "automated",
          duration: 300_000,
          rate: (0.1 * 3_600_000) / 300_000
        },
        { time, deviceId: "Apple Health-mySugr", type: "insulin", dose: { total: 18, units: "Units" }, ...long },
        {
          time,
          deviceId: "Apple Health-Loop",
          type: "food",
          nutrition: { carbohydrate: { net: 45.5, units: "grams" } }
        },
        {
          time,
          timezone: "America/Denver",
          timezoneOffset: -360,
          deviceTime: "2026-03-13T01:00:00",
          deviceId: "Apple Health-Apple Watch",
          type: "physicalActivity",
          activityType: "running",
          duration: { value: 31.5, units: "minutes" },
          distance: { value: 4.8, units: "kilometers" },
          energy: { value: 301.2, units: "kilocalories" }
        }
      ].map((datum) => ({ ...datum, origin: undefined }))
    );
    const { notes } = source.parts[0]!;
    expect(notes.assumed).toMatchObject([
      { code: "utc-only", message: expect.stringMatching(/^8 of 9 records name no time zone/u) }
    ]);
    expect(JSON.stringify({ datums, notes, devices: notes.devices })).not.toMatch(/Yuri|cake|1934|iPhone/u);
  });

  it("gives local time only where a record names its zone: the offset in the file is that of the phone on the day of the export", async () => {
    const { datums } = await read(
      glucose({ startDate: "2026-07-01 12:00:00 +0900" }),
      glucose({ startDate: "2026-07-02 12:00:00 +0900" }, { HKTimeZone: "Europe/Berlin" }),
      glucose({ startDate: "2026-07-03 12:00:00 +0900" }, { HKTimeZone: "GMT+0200" })
    );
    expect(datums.map(({ time, timezone, deviceTime }) => [time, timezone, deviceTime])).toEqual([
      ["2026-07-01T03:00:00.000Z", undefined, undefined],
      ["2026-07-02T03:00:00.000Z", "Europe/Berlin", "2026-07-02T05:00:00"],
      ["2026-07-03T03:00:00.000Z", undefined, undefined]
    ]);
  });

  it.each([
    ["a sensor's app, however few", glucose({ sourceName: "Dexcom G7" }), "cbg"],
    ["a meter's app, however many", curve("mySugr").join(""), "smbg"],
    ["an unknown app every five minutes", curve("Sugar Thing").join(""), "cbg"],
    ["an unknown app now and then", curve("Sugar Thing", { every: 200 }).join(""), "smbg"]
  ])("takes the glucose of %s for what it is", async (_, text, type) => {
    const { datums } = await read(text);
    expect(new Set(datums.map((datum) => datum.type))).toEqual(new Set([type]));
  });

  it("finds how far apart the readings of a sensor are", async () => {
    for (const [every, sampleInterval] of [
      [1, 60_000],
      [5, 300_000],
      [15, 900_000]
    ] as const) {
      const { datums } = await read(...curve("Sibionics", { every }).toReversed());
      expect(new Set(datums.map((datum) => datum["sampleInterval"]))).toEqual(new Set([sampleInterval]));
    }
  });

  it("annotates what lies beyond a sensor's range", async () => {
    const { datums } = await read(
      ...[39, 40, 400, 401].map((value, index) => glucose({ value, startDate: moment(start + index * 5 * minute) }))
    );
    const note = (value: string, threshold: number) => [{ code: "bg/out-of-range", value, threshold }];
    expect(datums.map(({ annotations }) => annotations)).toEqual([
      note("low", 40),
      undefined,
      undefined,
      note("high", 400)
    ]);
  });

  it("keeps one of two apps that wrote down one sensor, says which, and keeps what only the other has", async () => {
    const passedOn = curve("xDrip4iOS", { shift: 1300, count: 45 });
    const { datums, problems, source } = await read(...passedOn, ...curve("Dexcom G6"));
    const of = (label: string) => datums.filter(({ deviceId }) => deviceId === `Apple Health-${label}`).length;
    expect([of("Dexcom G6"), of("xDrip4iOS")]).toEqual([40, 5]);
    expect(new Set(problems.map(({ outcome, code }) => `${outcome} ${code}`))).toEqual(
      new Set(["skipped same-sensor"])
    );
    const { notes } = source.parts[0]!;
    expect(Object.fromEntries(notes.notMapped)).toEqual({});
    expect(notes.assumed.map(({ code }) => code)).toContain("one-sensor");
    // Two sensors on one body differ.
    const two = await read(...curve("Eversense", { shift: 1300, bend: -40 }), ...curve("Dexcom G6"));
    expect(two.datums).toHaveLength(80);
  });

  it("lays basal insulin out in time, and loses nothing of it where clocks differ by seconds", async () => {
    const { datums, problems } = await read(
      basal(0, 300, 0.1),
      basal(297, 600, 0.2),
      // Interrupted half-way: the rate holds, the rest was never delivered.
      basal(600, 2400, 1),
      basal(1500, 1800, 0),
      // Another app's for the same time.
      basal(1500, 1800, 0.3, { sourceName: "Tidepool" }),
      basal(3000, 3300, 0.3, { sourceName: "Omnipod 5" })
    );
    const timeline = datums.map(({ time, duration, rate }) => [
      (Date.parse(time) - start) / 1000,
      (duration as number) / 1000,
      Number((((rate as number) * (duration as number)) / 3_600_000).toFixed(9))
    ]);
    expect(timeline).toEqual([
      [0, 297, 0.1],
      [297, 303, 0.2],
      [600, 900, 0.5],
      [1500, 300, 0],
      [3000, 300, 0.3]
    ]);
    expect(datums.map(({ deliveryType }) => deliveryType)).toEqual([
      "automated",
      "automated",
      "automated",
      "automated",
      "temp"
    ]);
    expect(problems).toMatchObject([{ outcome: "skipped", code: "overlapping-basal" }]);
  });

  it("counts what a correlation repeats once, and keeps what only it has", async () => {
    const meal = carbs({ value: 30 }, { HKFoodType: "🍕" });
    const other = carbs({ value: 12, startDate: "2026-03-14 08:00:00 +0100" });
    const correlation = { type: "HKCorrelationTypeIdentifierFood", sourceName: "Loop" };
    const { datums, problems } = await read(meal, element("Correlation", correlation, {}, [meal, other]));
    expect(datums.map(({ nutrition }) => nutrition)).toMatchObject([
      { carbohydrate: { net: 30 } },
      { carbohydrate: { net: 12 } }
    ]);
    expect(problems).toMatchObject([{ outcome: "skipped", code: "repeated-record" }]);
  });

  it.each([
    ["a time that does not exist", glucose({ startDate: "2026-02-31 08:00:00 +0100" }), "bad-time"],
    ["a time without its offset", glucose({ startDate: "2026-02-21 08:00:00" }), "bad-time"],
    ["an end before the start", glucose({ endDate: "2026-03-13 07:59:59 +0100" }), "bad-time"],
    ["a time of the future", glucose({ startDate: "2161-03-13 08:00:00 +0100" }), "in-the-future"],
    ["units that glucose does not have", glucose({ unit: "g/L" }), "unknown-units"],
    ["glucose in the other units", glucose({ value: 6.1 }), "glucose-implausible"],
    ["no glucose", glucose({ value: undefined }), "glucose-blank"],
    ["insulin that is neither basal nor a bolus", insulin({ value: 2 }), "no-reason"],
    ["insulin that is none", insulin({ value: -2 }, { HKInsulinDeliveryReason: 2 }), "bad-amount"],
    ["a bolus that no pump gives", insulin({ value: 140 }, { HKInsulinDeliveryReason: 2 }), "not-accepted"],
    ["carbohydrates in other units", carbs({ unit: "oz" }), "unknown-units"],
    ["no source", glucose({ sourceName: undefined }), "no-source"]
  ])("refuses %s, and says in which line, without saying what", async (_, bad, code) => {
    const good = glucose({ startDate: "2026-03-13 09:00:00 +0100" });
    const { datums, problems } = await readFiles(fileOf("export.xml", `<HealthData>\n${bad}${good}</HealthData>`), {
      now: Date.parse("2026-11-26")
    });
    expect(datums).toHaveLength(1);
    expect(problems).toMatchObject([{ outcome: "rejected", code, file: "export.xml", row: 2 }]);
    expect(problems[0]?.message).not.toMatch(/2161|6\.1|-2\b|140|Dexcom/u);
  });

  it.each([
    ["HKWorkoutActivityTypeTraditionalStrengthTraining", { activityType: "traditionalStrengthTraining" }],
    ["HKWorkoutActivityTypeSwimBikeRun", { activityType: "other", activityTypeOther: "Swim Bike Run" }],
    ["HKWorkoutActivityTypeOther", { activityType: "other" }]
  ])("knows the activity of %s", async (workoutActivityType, expected) => {
    const { datums } = await read(
      element("Workout", {
        workoutActivityType,
        sourceName: "NJR Apple Watch",
        totalDistance: 0,
        totalDistanceUnit: "km",
        totalEnergyBurned: 139.5,
        totalEnergyBurnedUnit: "kcal",
        startDate: "2026-03-13 08:00:00 +0100",
        endDate: "2026-03-13 08:32:00 +0100"
      })
    );
    expect(datums).toMatchObject([
      { ...expected, duration: { value: 1920, units: "seconds" }, energy: { value: 139.5, units: "kilocalories" } }
    ]);
    expect(datums[0]).not.toHaveProperty("distance");
  });

  it("gives a record one id for good: in other units, from a phone in another zone, in parts, in any order, twice", async () => {
    const at = (index: number, zone: string) => {
      const time = moment(start + index * 5 * minute, zone);
      return { startDate: time, endDate: time };
    };
    const records = (zone: string, unit: string, divisor: number) => [
      ...Array.from({ length: 30 }, (_, index) =>
        glucose({ value: (100 + index) / divisor, unit, ...at(index, zone) })
      ),
      glucose({ value: 90 / divisor, unit, ...at(0, zone) }),
      insulin({ value: 2, ...at(3, zone) }, { HKInsulinDeliveryReason: 2 }),
      carbs({ value: 20, ...at(3, zone) }, { HKMetadataKeySyncIdentifier: "a" })
    ];
    const all = records("+0100", "mg/dL", 1);
    const ids = async (...files: ReadonlyArray<ReadonlyArray<string>>) =>
      idsOf((await readFiles(files.map((part, index) => fileOf(`${index}.xml`, healthText(...part))))).datums);
    const expected = await ids(all);
    expect(expected).toHaveLength(33);
    expect(expected.every((id) => /^apple-health:[\w-]{22}:(?:glucose|bolus|food)(?::2)?$/u.test(id))).toBe(true);
    expect(await ids(records("-0700", "mmol<180.15588>/L", 18.01559))).toEqual(expected);
    expect(await ids(all.toReversed())).toEqual(expected);
    expect(await ids(all.slice(0, 14), all.slice(14))).toEqual(expected);
    expect(await ids(all, all)).toEqual(expected);
    expect(await ids([...all, ...all])).toEqual(expected);
    const corrected = carbs({ value: 25, ...at(4, "+0100") }, { HKMetadataKeySyncIdentifier: "a" });
    expect(await ids([...all.slice(0, -1), corrected])).toEqual(expected);
  });

  it("is found by its content in an archive of any language, after any number of routes", async () => {
    const route = `<?xml version="1.0"?><gpx>${"<trkpt/>".repeat(20)}</gpx>`;
    const routes = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`exportación/rutas/${index}.gpx`, route])
    );
    const archive = zipOf("exportación.zip", {
      ...routes,
      "exportación/export_cda.xml": "<ClinicalDocument/>",
      "exportación/exportación.xml": healthText(glucose({ value: 91 }))
    });
    const { datums, source } = await readFiles(archive);
    expect(datums).toMatchObject([{ value: 91 }]);
    expect(source.parts).toMatchObject([{ format: { id: "apple-health" } }]);
    const refused = await openFiles([zipOf("x.zip", { "export_cda.xml": "<ClinicalDocument/>" })]).catch(
      (error: unknown) => error
    );
    expect(refused).toMatchObject({ _tag: "UnreadableInput" });
  });

  it("refuses entities, and an attribute of 400 MB costs one record and no memory", async () => {
    const bomb = fileOf("export.xml", '<!DOCTYPE HealthData [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><HealthData/>');
    await expect(openFiles([bomb])).rejects.toMatchObject({ code: "unsafe" });
    const piece = new Uint8Array(1_048_576).fill(0x78);
    const text = new TextEncoder();
    let most = 0;
    const file: InputFile = {
      name: "export.xml",
      async *stream() {
        yield text.encode(`<HealthData>${glucose({ value: 101 })}<Record type="`);
        for (let count = 0; count < 400; count++) {
          if (count % 50 === 0) most = Math.max(most, process.memoryUsage().arrayBuffers);
          yield piece;
        }
        yield text.encode(`"/>\n${glucose({ value: 102, startDate: "2026-03-13 09:00:00 +0100" })}</HealthData>`);
      }
    };
    const before = process.memoryUsage().arrayBuffers;
    const { datums, problems } = await readFiles(file);
    expect(datums.map(({ value }) => value)).toEqual([101, 102]);
    expect(problems).toMatchObject([{ outcome: "rejected", code: "too-long" }]);
    expect(most - before).toBeLessThan(64_000_000);
  }, 60_000);
});
