import { describe, expect, it } from "vitest";
import { type Fields, at, counts, ms, only, read, sgv, treatment } from "./nightscout-documents.ts";

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
    const duplicates = Array.from({ length: 20 }, (_, n) => [
      sgv(n * 5, 100 + n),
      sgv(n * 5 - 0.025, 101 + n, { device: "share2" })
    ]).flat();
    for (const documents of [duplicates, duplicates.toReversed()]) {
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
