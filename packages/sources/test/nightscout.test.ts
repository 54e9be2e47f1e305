import { check } from "@tideway/schemas";
import { describe, expect, it } from "vitest";
import { fileOf } from "./input-files.ts";
import { type ReadDatum, type ReadSource, readSource } from "./read-source.ts";

type Fields = Readonly<Record<string, unknown>>;

const at = (minutes: number): string => new Date(Date.UTC(2026, 2, 1, 12) + minutes * 60_000).toISOString();
const ms = (minutes: number): number => Date.parse(at(minutes));
const sgv = (minutes: number, value: unknown, more: Fields = {}): Fields => ({
  _id: `e${minutes}${JSON.stringify(more)}`,
  type: "sgv",
  date: ms(minutes),
  dateString: at(minutes),
  sgv: value,
  direction: "Flat",
  device: "xDrip-DexcomG6",
  ...more
});
let number = 0;
const treatment = (eventType: string, minutes: number, more: Fields = {}): Fields => ({
  _id: `t${++number}`,
  eventType,
  created_at: at(minutes),
  enteredBy: "loop://Anna's iPhone",
  ...more
});
const profile = (more: Fields = {}, doc: Fields = {}): Fields => ({
  _id: "p1",
  defaultProfile: "Day",
  startDate: "2026-01-01T00:00:00.000Z",
  units: "mg/dl",
  ...doc,
  store: {
    Day: {
      dia: "5",
      timezone: "Europe/Berlin",
      units: "mg/dl",
      basal: [
        { time: "00:00", value: "0.5", timeAsSeconds: "0" },
        { time: "13:30", value: "1" }
      ],
      carbratio: [{ time: "00:00", value: 10, timeAsSeconds: 0 }],
      sens: [{ time: "00:00", value: 50, timeAsSeconds: 0 }],
      target_low: [{ time: "00:00", value: 100, timeAsSeconds: 0 }],
      target_high: [{ time: "00:00", value: 120, timeAsSeconds: 0 }],
      ...more
    }
  }
});

const read = async (documents: ReadonlyArray<Fields>, options = {}): Promise<ReadSource> => {
  const result = await readSource(fileOf("dump.json", JSON.stringify(documents)), options);
  expect(result.datums.filter((datum) => !check(datum).ok)).toEqual([]);
  return result;
};
const counts = ({ source }: ReadSource) => source.parts[0]?.notes.notMapped ?? new Map<string, number>();
const only = async (document: Fields): Promise<ReadDatum | undefined> => {
  const { datums } = await read([document]);
  expect(datums.length).toBeLessThan(2);
  return datums[0];
};
const basals = ({ datums }: ReadSource) =>
  datums
    .filter(({ type }) => type === "basal")
    .map(({ time, deliveryType, duration, rate }) =>
      [time.slice(11, 16), deliveryType, Number(duration) / 60_000, rate].join(" ")
    );

describe("readings of Nightscout", () => {
  it("have trend and rate, and never a guessed one", async () => {
    const { datums } = await read([
      sgv(0, 120, { trendRate: -1.2, direction: "FortyFiveDown" }),
      sgv(5, "107.298", { direction: "NOT COMPUTABLE" }),
      sgv(10, 90, { direction: "", trend: 7 })
    ]);
    expect(datums[0]).toMatchObject({
      type: "cbg",
      units: "mg/dL",
      value: 120,
      trend: "slowFall",
      trendRate: -1.2,
      trendRateUnits: "mg/dL/minute",
      deviceId: "xDrip-DexcomG6"
    });
    expect(datums[1]).toMatchObject({ value: 107.298 });
    expect(datums[1]).not.toHaveProperty("trend");
    expect(datums[2]).toMatchObject({ trend: "rapidFall" });
  });

  it("leave out error codes and what sensors do not give, refuse mmol/L, and mark the edges", async () => {
    const result = await read([
      sgv(0, 5),
      sgv(5, 12),
      sgv(10, 32),
      sgv(15, 39),
      sgv(20, 401),
      sgv(25, 400, { device: "Libre 3" }),
      sgv(30, "LOW"),
      sgv(35, null),
      sgv(40, 5.6)
    ]);
    expect(result.problems).toMatchObject([{ outcome: "rejected", message: expect.stringContaining("mmol/L") }]);
    expect(result.datums.map(({ value, annotations }) => [value, annotations])).toEqual([
      [39, [{ code: "bg/out-of-range", value: "low", threshold: 40 }]],
      [401, [{ code: "bg/out-of-range", value: "high", threshold: 400 }]],
      [400, undefined],
      [39, [{ code: "bg/out-of-range", value: "low", threshold: 40 }]]
    ]);
    expect(Object.fromEntries(counts(result))).toEqual({
      "error code of a sensor": 2,
      "reading below 39 mg/dL, which sensors do not give": 1,
      "entry without a value": 1
    });
  });

  it("of several uploaders come out once, the app's before its cloud's, and the other is counted", async () => {
    const twins = Array.from({ length: 20 }, (_, n) => [
      sgv(n * 5, 100 + n),
      sgv(n * 5 - 0.025, 101 + n, { device: "share2" })
    ]).flat();
    for (const documents of [twins, twins.toReversed()]) {
      const result = await read(documents);
      expect(result.datums).toHaveLength(20);
      expect(new Set(result.datums.map(({ deviceId }) => deviceId))).toEqual(new Set(["xDrip-DexcomG6"]));
      expect(counts(result).get("reading by share2 that was kept from xDrip-DexcomG6")).toBe(20);
    }
  });

  it("that are smoothed and sent again about a second later come out once", async () => {
    const result = await read([sgv(0, 120), sgv(1 / 60, 121), sgv(5, 122)]);
    expect(result.datums.map(({ value }) => value)).toEqual([120, 122]);
    expect(counts(result).get("reading that xDrip-DexcomG6 wrote twice")).toBe(1);
  });

  it("a minute apart, and far from each other at one moment, are different ones: no low is lost", async () => {
    const result = await read([sgv(0, 120), sgv(0.95, 121), sgv(5, 120), sgv(5, 55), sgv(5, 180, { device: "Libre" })]);
    expect(result.datums.map(({ value }) => value).sort()).toEqual([120, 120, 121, 180, 55].sort());
    expect(new Set(result.datums.map(({ origin }) => origin.id)).size).toBe(5);
  });

  it("are refused in the far future, and told where their two times disagree", async () => {
    const future = { date: Date.UTC(2161, 0, 1), dateString: "2161-01-01T00:00:00Z" };
    const { source, problems, datums } = await read([sgv(0, 120, future), sgv(5, 120, { dateString: at(-300) })]);
    expect(problems).toMatchObject([{ outcome: "rejected", code: "in-the-future", at: "element 1 of dump.json" }]);
    expect(datums).toMatchObject([{ time: at(5) }]);
    expect(source.parts[0]?.notes.warnings).toMatchObject([{ code: "two-times" }]);
    const now = await read([sgv(0, 120)], { now: ms(-2000) });
    expect(now.problems).toMatchObject([{ code: "in-the-future" }]);
  });

  it("that came with a time hours back, and again with the right one, are told and stay", async () => {
    const idAt = (minutes: number, end: string) => (ms(minutes) / 1000).toString(16) + end.padStart(16, "0");
    const series = Array.from({ length: 10 }, (_, n) => sgv(n * 5, 100 + n, { _id: idAt(n * 5, String(n)) }));
    const shifted = await read([...series, sgv(-300, 104, { _id: idAt(20.1, "a") })]);
    expect(shifted.datums).toHaveLength(11);
    expect(shifted.source.parts[0]?.notes.warnings).toMatchObject([{ code: "shifted-readings" }]);
    const outOfReach = Array.from({ length: 10 }, (_, n) => sgv(-300 + n * 5, 100 + n, { _id: idAt(20.1, `b${n}`) }));
    const late = await read([...series, ...outOfReach]);
    expect(late.source.parts[0]?.notes.warnings).toEqual([]);
  });

  it("of a meter are smbg, and calibrations where an app of a sensor wrote them", async () => {
    const { datums, problems } = await read([
      { type: "mbg", date: ms(0), mbg: 110, device: "Contour" },
      { type: "mbg", date: ms(5), mbg: 112, device: "dexcom" },
      sgv(10, 115, { isCalibration: true }),
      { type: "cal", date: ms(11), slope: 800, intercept: 3000 },
      { type: "mbg", date: ms(15), mbg: 5000, device: "Contour" }
    ]);
    expect(datums.map(({ type, subType, value }) => [type, subType, value])).toEqual([
      ["smbg", undefined, 110],
      ["deviceEvent", "calibration", 112],
      ["deviceEvent", "calibration", 115]
    ]);
    expect(problems).toMatchObject([{ code: "implausible-glucose" }]);
    expect(JSON.stringify(problems)).not.toContain("5000");
  });

  it("that were deleted are no datums, whatever the answer of the site still holds", async () => {
    const { datums, problems } = await read([sgv(0, 120, { isValid: false }), sgv(5, 121)]);
    expect(datums).toMatchObject([{ value: 121 }]);
    expect(problems).toMatchObject([{ outcome: "skipped", code: "deleted" }]);
  });
});

describe("treatments of Nightscout", () => {
  it.each<[string, Fields, Fields]>([
    ["Meal Bolus", { insulin: 2 }, { type: "bolus", subType: "normal", normal: 2 }],
    ["Bolus", { insulin: 2, programmed: 5 }, { type: "bolus", subType: "normal", normal: 2, expectedNormal: 5 }],
    ["Correction Bolus", { insulin: 0.4, automatic: true }, { type: "bolus", subType: "automated", normal: 0.4 }],
    ["SMB", { insulin: 0.1 }, { type: "bolus", subType: "automated", normal: 0.1 }],
    [
      "Combo Bolus",
      { insulin: 3, enteredinsulin: 5, splitNow: "60", splitExt: "40", duration: 120, relative: 1 },
      { type: "bolus", subType: "dual/square", normal: 3, extended: 2, duration: 7_200_000 }
    ],
    [
      "Combo Bolus",
      { insulin: 0, enteredinsulin: "4", splitNow: 0, splitExt: 100, duration: 60 },
      { type: "bolus", subType: "square", extended: 4, duration: 3_600_000 }
    ],
    [
      "Carb Correction",
      { carbs: 20, absorptionTime: 180, foodType: "Pasta" },
      {
        type: "food",
        name: "Pasta",
        nutrition: { carbohydrate: { net: 20, units: "grams" }, estimatedAbsorptionDuration: 10_800 }
      }
    ],
    ["BG Check", { glucose: 5.49, glucoseType: "Finger" }, { type: "smbg", units: "mmol/L", value: 5.49 }],
    ["BG Check", { glucose: 99, units: "mg/dl" }, { type: "smbg", subType: "manual", units: "mg/dL", value: 99 }],
    [
      "Exercise",
      { duration: 29, durationInMilliseconds: 1_800_000 },
      { type: "physicalActivity", duration: { value: 30, units: "minutes" } }
    ],
    ["Site Change", {}, { type: "deviceEvent", subType: "prime", primeTarget: "cannula" }],
    ["Site Change", { notes: "Pod Change" }, { type: "deviceEvent", subType: "reservoirChange" }],
    ["Insulin Change", {}, { type: "deviceEvent", subType: "reservoirChange" }],
    ["Note", { notes: "PumpSuspend" }, { type: "deviceEvent", subType: "status", status: "suspended" }],
    [
      "Temporary Target",
      { duration: 60, targetTop: 162, targetBottom: 144 },
      {
        subType: "pumpSettingsOverride",
        bgTarget: { low: 144, high: 162 },
        units: { bg: "mg/dL" },
        duration: 3_600_000
      }
    ],
    [
      "Temporary Override",
      { duration: 90, reason: "High AF", insulinNeedsScaleFactor: 2, correctionRange: [90, 160] },
      { overrideType: "preset", overridePreset: "High AF", basalRateScaleFactor: 2, carbRatioScaleFactor: 0.5 }
    ]
  ])("tells a %s %j", async (event, members, expected) => {
    const { datums } = await read([treatment(event, 0, members)]);
    expect(datums.filter(({ type }) => type !== "basal")).toMatchObject([{ time: at(0), ...expected }]);
  });

  it("gives one event its bolus and its food, each with an id, and no person's name", async () => {
    const { source, datums } = await read([treatment("Meal Bolus", 0, { insulin: 3, carbs: 40, notes: "with Anna" })]);
    expect(datums.map(({ type }) => type)).toEqual(["bolus", "food"]);
    expect(new Set(datums.map(({ origin }) => origin.id)).size).toBe(2);
    expect(JSON.stringify([datums, source.parts[0]?.notes])).not.toContain("Anna");
  });

  it("goes by the app's id, then its sync id, then the site's, whatever is written anew", async () => {
    const members = { insulin: 1, id: "A", syncIdentifier: "S" };
    const ids = async (...documents: ReadonlyArray<Fields>) =>
      (await read(documents)).datums.map(({ origin }) => origin.id);
    const [first] = await ids({ ...treatment("Bolus", 0, members), _id: "1" });
    const copies = [
      { ...treatment("Bolus", 0, members), _id: "2" },
      { ...treatment("Bolus", 0, members), _id: "3", srvModified: 5 }
    ];
    expect(await ids(...copies)).toEqual([first]);
    expect(await ids(treatment("Bolus", 0, { insulin: 1, syncIdentifier: "S", identifier: "I" }))).toEqual([
      "nightscout:S:bolus"
    ]);
    expect(await ids({ ...treatment("Bolus", 0, { insulin: 1, identifier: "I" }), _id: "1" })).toEqual([
      "nightscout:I:bolus"
    ]);
    const without = (insulin: number) => ({ ...treatment("Bolus", 0, { insulin }), _id: undefined });
    const hashes = await ids(without(1), without(2), without(1));
    expect(new Set(hashes).size).toBe(2);
    expect(hashes).toHaveLength(2);
    expect(await ids({ ...treatment("Bolus", 0, { insulin: 1 }), _id: { $oid: "65f0" } })).toEqual([
      "nightscout:65f0:bolus"
    ]);
  });

  it("takes the version that was written last, and a deletion", async () => {
    const version = (insulin: number, srvModified: number, more = {}) =>
      treatment("Bolus", 0, { id: "A", insulin, srvModified, ...more });
    expect((await read([version(2, 20), version(1, 10)])).datums).toMatchObject([{ normal: 2 }]);
    const gone = await read([version(2, 20, { isValid: false }), version(1, 10)]);
    expect(gone.datums).toEqual([]);
    expect(gone.problems.map(({ code }) => code).sort()).toEqual(["deleted", "repeated-document"]);
  });

  it("finds the time where it is", async () => {
    const bare = { eventType: "Bolus", insulin: 1, _id: "x" };
    for (const time of [
      { mills: ms(0), created_at: at(9) },
      { created_at: at(0), eventTime: at(9) },
      { eventTime: at(0) },
      { timestamp: "2026-03-01T13:00:00+0100" },
      { date: ms(0) },
      { mills: String(ms(0)) },
      { created_at: { $date: at(0) } },
      { date: { $numberLong: String(ms(0)) } }
    ]) {
      expect(await only({ ...bare, ...time })).toMatchObject({ time: at(0) });
    }
    const { problems } = await read([{ ...bare, created_at: "2026-03-01T12:00:00" }]);
    expect(problems).toMatchObject([{ outcome: "rejected", code: "no-time" }]);
  });

  it("reads both halves of a pre-bolus as they are", async () => {
    const { datums } = await read([
      treatment("Meal Bolus", 0, { insulin: 3, preBolus: 15 }),
      { _id: "half", eventType: "Meal Bolus", created_at: at(15), carbs: 45 }
    ]);
    expect(datums.map(({ type, time }) => [type, time])).toEqual([
      ["bolus", at(0)],
      ["food", at(15)]
    ]);
  });

  it("does not count equivalents of fat and protein as carbohydrate", async () => {
    const result = await read([
      treatment("Carb Correction", 0, { carbs: 30, fat: 20, protein: 10, fpuID: "F", id: "M" }),
      treatment("Carb Correction", 60, { carbs: 8, fat: 0, protein: 0, fpuID: "F", id: "E1" }),
      treatment("Carb Correction", 90, { carbs: 8, isFPU: true, id: "E2" })
    ]);
    expect(result.datums).toMatchObject([
      { nutrition: { carbohydrate: { net: 30 }, fat: { total: 20 }, protein: { total: 10 } } }
    ]);
    expect(counts(result).get("carbohydrate equivalent of fat and protein")).toBe(2);
  });

  it("takes documents of one id at several times for the equivalents that Trio makes of a meal", async () => {
    const carbs = (id: string, minutes: number, grams: number, more: Fields = {}) =>
      treatment("Carb Correction", minutes, { id, carbs: grams, enteredBy: "Trio", ...more });
    const result = await read([
      carbs("meal", 0, 40, { fat: 30, protein: 20 }),
      carbs("fpu", 60, 15),
      carbs("fpu", 90, 15),
      carbs("fpu", 120, 15),
      carbs("snack", 200, 12),
      carbs("snack", 200, 12)
    ]);
    const grams = result.datums.map(
      ({ nutrition }) => (nutrition as { carbohydrate: { net: number } }).carbohydrate.net
    );
    expect(grams).toEqual([40, 12]);
    expect(counts(result).get("carbohydrate equivalent of fat and protein")).toBe(3);
  });

  it("refuses a negative dose and keeps the rest", async () => {
    const { datums, problems } = await read([
      treatment("Bolus", 0, { insulin: -1.5, carbs: 20 }),
      treatment("Bolus", 5, { insulin: 1 }),
      treatment("Temp Basal", 6, { rate: -2, duration: 30 })
    ]);
    expect(datums.map(({ type }) => type).sort()).toEqual(["bolus", "food"]);
    expect(problems.map(({ code, outcome }) => [code, outcome])).toEqual([
      ["not-accepted", "rejected"],
      ["implausible-treatment", "rejected"]
    ]);
    expect(JSON.stringify(problems)).not.toMatch(/1\.5|-2/u);
  });

  it("counts what Tidepool has no kind for, by words that are Nightscout's own", async () => {
    const result = await read([
      treatment("Announcement", 0, { notes: "Hello" }),
      treatment("Sensor Start", 0),
      treatment("Sensor Start", 0.01),
      treatment("Anna's own event", 0),
      { device: "x", created_at: at(0), openaps: {} }
    ]);
    expect(result.datums).toEqual([]);
    expect(Object.fromEntries(counts(result))).toEqual({
      Announcement: 1,
      "Sensor Start": 1,
      "Sensor Start that is there already": 1,
      "an event that Tidepool has no kind for": 1,
      "device status": 1
    });
  });

  it("tells a check with a meter once, where it is an entry and a treatment", async () => {
    const { datums } = await read([
      { type: "mbg", date: ms(0), mbg: 110, device: "Contour" },
      treatment("BG Check", 0.2, { glucose: 6.1, units: "mmol" })
    ]);
    expect(datums).toMatchObject([{ type: "smbg", value: 110 }]);
  });
});

describe("basals of Nightscout", () => {
  it("have the scheduled ones between them, by the clock of the profile", async () => {
    const result = await read([
      profile(),
      treatment("Temp Basal", 0, { absolute: 2, rate: 2, duration: 10 }),
      treatment("Temp Basal", 60, { absolute: 0, duration: 30, automatic: false }),
      treatment("Temp Basal", 70, { duration: 0 }),
      treatment("Temp Basal", 80, { percent: -50, duration: 10, automatic: false })
    ]);
    // Berlin is an hour ahead: the rate changes at 13:30 there, 12:30 UTC.
    expect(basals(result)).toEqual([
      "12:00 automated 10 2",
      "12:10 scheduled 20 0.5",
      "12:30 scheduled 30 1",
      "13:00 temp 10 0",
      "13:10 scheduled 10 1",
      "13:20 temp 10 0.5"
    ]);
    expect(Object.fromEntries(counts(result))).toEqual({ "end of a temporary basal": 1 });
    expect(result.datums.find(({ deliveryType }) => deliveryType === "scheduled")).toMatchObject({
      timezone: "Europe/Berlin",
      scheduleName: "Day"
    });
  });

  it("are cut where the next begins, in percent by each rate of the schedule", async () => {
    const result = await read([
      profile(),
      treatment("Temp Basal", 0, { rate: 1.5, duration: 60 }),
      treatment("Temp Basal", 20, { percent: 50, duration: 20, enteredBy: "me" })
    ]);
    expect(basals(result)).toEqual(["12:00 automated 20 1.5", "12:20 temp 10 0.75", "12:30 temp 10 1.5"]);
  });

  it("are counted where another one replaces them at once", async () => {
    const result = await read([
      profile(),
      treatment("Temp Basal", 0, { rate: 1.5, duration: 60, _id: "a" }),
      treatment("Temp Basal", 0, { rate: 2, duration: 30, _id: "b" })
    ]);
    expect(basals(result)).toHaveLength(1);
    expect(counts(result).get("temporary basal that another one replaces at once")).toBe(1);
  });

  it("stay unknown where no profile tells them: nothing is guessed", async () => {
    const later = profile({}, { startDate: "2027-01-01T00:00:00Z" });
    const result = await read([
      later,
      treatment("Temp Basal", 0, { rate: 1, duration: 10 }),
      treatment("Temp Basal", 60, { percent: 50, duration: 10 })
    ]);
    expect(basals(result)).toEqual(["12:00 automated 10 1"]);
    expect(result.source.parts[0]?.notes.warnings).toMatchObject([{ code: "unknown-basal" }]);
    expect(counts(result).get("temporary basal in percent without a known scheduled rate")).toBe(1);
  });

  it("end where one in percent of an unknown rate begins: the old rate did not go on", async () => {
    const result = await read([
      treatment("Temp Basal", 0, { rate: 0.8, duration: 30, enteredBy: "me" }),
      treatment("Temp Basal", 10, { percent: -50, duration: 30, enteredBy: "me" })
    ]);
    expect(basals(result)).toEqual(["12:00 temp 10 0.8"]);
    expect(counts(result).get("temporary basal in percent without a known scheduled rate")).toBe(1);
  });

  it("are suspended from note to note, and follow a profile switch", async () => {
    const night = { ...(profile()["store"] as { readonly Day: Fields }).Day, basal: [{ time: "00:00", value: 0.2 }] };
    const result = await read([
      { ...profile(), store: { ...(profile()["store"] as Fields), Night: night } },
      treatment("Profile Switch", -5, { profile: "Night" }),
      treatment("Temp Basal", 0, { rate: 1, duration: 30 }),
      treatment("Note", 10, { notes: "PumpSuspend" }),
      treatment("Note", 20, { notes: "PumpResume" }),
      treatment("Temp Basal", 40, { rate: 1, duration: 10 })
    ]);
    expect(basals(result)).toEqual([
      "12:00 automated 10 1",
      "12:10 suspend 10 ",
      "12:20 scheduled 20 0.2",
      "12:40 automated 10 1"
    ]);
  });

  it("are not suspended for longer than a day where nobody wrote the end", async () => {
    const result = await read([
      treatment("Note", 0, { notes: "PumpSuspend" }),
      treatment("Temp Basal", 60 * 24 * 30, { rate: 1, duration: 30 })
    ]);
    expect(basals(result)).toEqual(["12:00 suspend 1440 ", "12:00 automated 30 1"]);
  });

  it.each([
    ["ETC/GMT+7", "Etc/GMT+7", -420],
    ["GMT+4", "Etc/GMT-4", 240],
    ["UTC-05:00", "Etc/GMT+5", -300],
    ["GMT+0530", undefined, 330],
    ["japan", "Japan", 540]
  ])("of a profile in %s run by that offset", async (timezone, name, offset) => {
    const settings = await only(profile({ timezone }));
    expect(settings).toMatchObject({ type: "pumpSettings", timezoneOffset: offset, activeSchedule: "Day" });
    expect(settings?.["timezone"]).toBe(name);
  });

  it("need a zone where the profile names none", async () => {
    const documents = [profile({ timezone: "" }), treatment("Temp Basal", 0, { rate: 1, duration: 30 })];
    const file = fileOf("dump.json", JSON.stringify(documents));
    await expect(readSource(file)).rejects.toMatchObject({ _tag: "AnswersNeeded", needs: [{ kind: "timezone" }] });
    const { datums } = await readSource(file, { timezone: "Europe/Berlin" });
    expect(datums).toHaveLength(2);
  });

  it("leaves out of a profile what its units deny", async () => {
    const settings = await only(
      profile({ target_low: [{ time: "00:00", value: 5 }], target_high: [{ time: "00:00", value: 6 }] })
    );
    expect(settings).not.toHaveProperty("bgTargets");
    expect(settings).toMatchObject({
      basalSchedules: {
        Day: [
          { start: 0, rate: 0.5 },
          { start: 48_600_000, rate: 1 }
        ]
      }
    });
  });
});
