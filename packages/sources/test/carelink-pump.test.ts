import { describe, expect, it } from "vitest";
import { at, type CarelinkCells, mealBolus } from "./carelink-text.ts";
import { hours, idsOf, readCarelink as read } from "./read-carelink.ts";
import type { ReadDatum } from "./read-source.ts";

const european = { delimiter: ";" };

describe("a bolus of CareLink", () => {
  it.each([{}, european, { delimiter: "\t" }])(
    "is one datum inside its calculation, of three rows: %j",
    async (look) => {
      const { datums, problems } = await read(mealBolus.toReversed(), look);
      expect(problems).toEqual([]);
      expect(datums).toMatchObject([
        {
          type: "wizard",
          units: "mg/dL",
          bgInput: 170,
          bgTarget: { low: 100, high: 120 },
          carbInput: 45,
          insulinCarbRatio: 10,
          insulinOnBoard: 0.3,
          insulinSensitivity: 50,
          recommended: { carb: 4.5, correction: 1, net: 5.5 },
          time: "2026-03-02T12:00:20.000Z",
          deviceId: "Medtronic-NG1234567H",
          bolus: { type: "bolus", subType: "normal", normal: 5.5, time: "2026-03-02T12:00:30.000Z" }
        }
      ]);
      expect(JSON.stringify(datums)).not.toMatch(/Marsh|Yuri|P-77|1970-05-05/u);
    }
  );

  it("keeps its extended part with the time that it took, and what it was meant to be", async () => {
    const part = { "Bolus Number": 7, "Bolus Source": "MANUAL" };
    const { datums } = await read([
      { ...part, at: at("18:00:00"), "Bolus Type": "Dual (normal part)", "Bolus Volume Selected": 2 },
      {
        ...part,
        at: at("18:00:00"),
        "Bolus Type": "Dual (square part)",
        "Bolus Volume Selected": 3,
        "Bolus Duration": "4:00:00"
      },
      {
        ...part,
        at: at("18:01:00"),
        "Bolus Type": "Dual (normal part)",
        "Bolus Volume Selected": 2,
        "Bolus Volume Delivered": 2
      },
      {
        ...part,
        at: at("19:00:00"),
        "Bolus Type": "Dual (square part)",
        "Bolus Volume Selected": 3,
        "Bolus Volume Delivered": 0.75,
        "Bolus Duration": "1:00:00"
      },
      {
        at: at("21:00:00"),
        "Bolus Type": "Square",
        "Bolus Volume Selected": 1.5,
        "Bolus Volume Delivered": 1.5,
        "Bolus Duration": "0:30:00"
      }
    ]);
    expect(datums).toMatchObject([
      {
        subType: "dual/square",
        normal: 2,
        extended: 0.75,
        duration: hours(1),
        expectedExtended: 3,
        expectedDuration: hours(4),
        time: "2026-03-02T18:00:00.000Z"
      },
      { subType: "square", extended: 1.5, duration: hours(0.5) }
    ]);
    expect(datums[0]).not.toHaveProperty("expectedNormal");
  });

  it("tells what the algorithm gave from what a person asked for, and takes no total of a day for a bolus", async () => {
    const full = { "Bolus Type": "Normal", "Bolus Volume Selected": 1.2, "Bolus Volume Delivered": 1.2 };
    const { datums, notMapped } = await read(
      [
        { ...full, at: at("10:00:00"), "Bolus Number": 1, "Bolus Source": "CLOSED_LOOP_AUTO_BOLUS" },
        { ...full, at: at("11:00:00"), "Bolus Number": 2, "Bolus Source": "CLOSED_LOOP_BG_CORRECTION_AND_FOOD_BOLUS" }
      ],
      { days: [{ ...full, at: at("00:00:00"), "Bolus Source": "CLOSED_LOOP_AUTO_INSULIN" }] }
    );
    expect(datums).toMatchObject([
      { type: "bolus", subType: "automated", normal: 1.2 },
      { type: "bolus", subType: "normal", normal: 1.2 }
    ]);
    expect(datums).toHaveLength(2);
    expect(notMapped).toEqual({ "day's total of automated insulin": 1 });
  });

  it("is interrupted, begun, or only calculated", async () => {
    const { datums, notMapped } = await read([
      {
        at: at("08:00:00"),
        "Bolus Type": "Normal",
        "Bolus Volume Selected": 4,
        "Bolus Volume Delivered": 1.5,
        "Bolus Number": 1
      },
      { at: at("09:00:00"), "Bolus Type": "Normal", "Bolus Volume Selected": 4, "Bolus Number": 2 },
      { at: at("10:00:00"), "BWZ Estimate": 2, "BWZ Carb Input": 20, "BWZ BG": 0, "BWZ Status": "Not Delivered" }
    ]);
    expect(datums).toMatchObject([
      { type: "bolus", normal: 1.5, expectedNormal: 4 },
      { type: "wizard", carbInput: 20, recommended: { net: 2 } }
    ]);
    expect(datums[1]).not.toHaveProperty("bolus");
    expect(datums[1]).not.toHaveProperty("bgInput");
    expect(notMapped).toEqual({ "bolus of which nothing was delivered yet": 1 });
  });
});

describe("a temporary basal of CareLink", () => {
  const basals = (datums: ReadonlyArray<ReadDatum>) =>
    datums
      .filter(({ type }) => type === "basal")
      .map(({ time, deliveryType, rate, duration }) => [String(time).slice(11, 16), deliveryType, rate, duration]);
  const percent = { "Temp Basal Amount": 50, "Temp Basal Type": "Percent", "Temp Basal Duration": "2:00:00" };

  it("in percent of an unknown rate ends what ran before, and is known from where the schedule is told again", async () => {
    const { datums, notMapped } = await read([
      {
        at: at("08:00:00"),
        "Temp Basal Amount": 2,
        "Temp Basal Type": "Insulin Per Hour",
        "Temp Basal Duration": "3:00:00"
      },
      { at: at("09:00:00"), ...percent },
      { at: at("10:00:00"), "Basal Rate": 0.8 },
      { at: at("12:00:00"), "Basal Rate": 1 }
    ]);
    expect(basals(datums)).toEqual([
      ["08:00", "temp", 2, hours(1)],
      ["10:00", "temp", 0.4, hours(1)],
      ["11:00", "scheduled", 0.8, hours(1)]
    ]);
    expect(notMapped).toEqual({
      "temporary basal in percent of an unknown rate": 1,
      "basal that another one replaces at once": 1
    });
  });

  it("ends what ran before where its amount cannot be read, and so does a schedule", async () => {
    const { datums, problems } = await read([
      { at: at("08:00:00"), "Basal Rate": 0.8 },
      { at: at("09:00:00"), ...percent, "Temp Basal Amount": "??" },
      { at: at("12:00:00"), "Basal Rate": "x" },
      { at: at("14:00:00"), "BG Reading": 120 }
    ]);
    expect(basals(datums)).toEqual([
      ["08:00", "scheduled", 0.8, hours(1)],
      ["11:00", "scheduled", 0.8, hours(1)]
    ]);
    expect(problems.map(({ code }) => code)).toEqual(["bad-amount", "bad-amount"]);
  });
});

describe("the numbers of boluses", () => {
  const bolus = (time: string, units: number, number = 5) => ({
    at: at(time),
    "Bolus Type": "Normal",
    "Bolus Volume Selected": units,
    "Bolus Volume Delivered": units,
    "Bolus Number": number
  });

  it("may begin anew within a day: no bolus is lost to another", async () => {
    const { datums } = await read([bolus("08:00:00", 2), bolus("19:00:00", 3)]);
    expect(datums.map(({ normal }) => normal)).toEqual([2, 3]);
    expect(new Set(idsOf(datums)).size).toBe(2);
  });

  it("join the last calculation to its bolus, and the first one is counted", async () => {
    const calculation = (time: string, grams: number) => ({
      at: at(time),
      "BWZ Estimate": 2,
      "BWZ Carb Input": grams,
      "Bolus Number": 5
    });
    const { datums, notMapped } = await read([
      calculation("08:00:00", 20),
      calculation("08:00:40", 25),
      bolus("08:01:00", 2)
    ]);
    expect(datums).toMatchObject([{ type: "wizard", carbInput: 25, bolus: { normal: 2 } }]);
    expect(notMapped).toEqual({ "calculation that was made again": 1 });
  });
});

describe("basal insulin of CareLink", () => {
  const timeline = (datums: ReadonlyArray<ReadDatum>) =>
    datums
      .filter(({ type }) => type === "basal")
      .map(({ time, deliveryType, rate, duration }) => [
        time.slice(11, 16),
        deliveryType,
        rate,
        Number(duration) / hours(1)
      ]);

  it("is a timeline: schedule, temporary basal, suspension, and what goes on after them", async () => {
    const rows: ReadonlyArray<CarelinkCells> = [
      { at: at("00:00:00"), "Basal Rate": 0.8 },
      { at: at("06:00:00"), "Basal Rate": 1 },
      { at: at("08:00:00"), "Temp Basal Amount": 50, "Temp Basal Type": "Percent", "Temp Basal Duration": "4:00:00" },
      { at: at("10:00:00"), "Basal Rate": 1.2 },
      { at: at("14:00:00"), Suspend: "USER_SUSPEND" },
      { at: at("15:00:00"), Suspend: "NORMAL_PUMPING" },
      { at: at("18:00:00"), "Basal Rate": 0.9 },
      { at: at("20:00:00"), "BG Reading": 120 }
    ];
    for (const look of [{}, european]) {
      const { datums } = await read(rows.toReversed(), look);
      expect(timeline(datums)).toEqual([
        ["00:00", "scheduled", 0.8, 6],
        ["06:00", "scheduled", 1, 2],
        ["08:00", "temp", 0.5, 2],
        ["10:00", "temp", 0.6, 2],
        ["12:00", "scheduled", 1.2, 2],
        ["14:00", "suspend", undefined, 1],
        ["15:00", "scheduled", 1.2, 3],
        ["18:00", "scheduled", 0.9, 2]
      ]);
      expect(datums.filter(({ type }) => type === "deviceEvent")).toMatchObject([
        { subType: "status", status: "suspended", duration: hours(1), reason: { suspended: "manual" } }
      ]);
      expect(new Set(idsOf(datums)).size).toBe(datums.length);
    }
  });

  it("does not go on for days where an algorithm took over or nothing was told", async () => {
    const { datums } = await read([
      { at: at("08:00:00"), "Basal Rate": 0.8 },
      {
        at: at("09:30:00"),
        "Bolus Type": "Normal",
        "Bolus Volume Selected": 1,
        "Bolus Volume Delivered": 1,
        "Bolus Source": "CLOSED_LOOP_AUTO_BOLUS"
      },
      { at: "2026/03/05 08:00:00", "Basal Rate": 0.7 },
      { at: "2026/03/08 08:00:00", "BG Reading": 100 }
    ]);
    expect(timeline(datums)).toEqual([
      ["08:00", "scheduled", 0.8, 1.5],
      ["08:00", "scheduled", 0.7, 24]
    ]);
  });

  it("takes silence after a temporary basal for no more than a day of its schedule", async () => {
    const { datums } = await read([
      { at: at("08:00:00"), "Basal Rate": 0.8 },
      {
        at: at("09:00:00"),
        "Temp Basal Amount": 0.4,
        "Temp Basal Type": "Insulin rate",
        "Temp Basal Duration": "1:00:00"
      },
      { at: "2026/03/07 08:00:00", "Basal Rate": 0.7 },
      { at: "2026/03/07 09:00:00", "BG Reading": 100 }
    ]);
    expect(timeline(datums)).toEqual([
      ["08:00", "scheduled", 0.8, 1],
      ["09:00", "temp", 0.4, 1],
      ["10:00", "scheduled", 0.8, 22],
      ["08:00", "scheduled", 0.7, 1]
    ]);
    expect(datums.some((datum) => "expectedDuration" in datum)).toBe(false);
  });

  it("ends a temporary basal where the pump returned to its schedule", async () => {
    const { datums } = await read([
      { at: at("06:00:00"), "Basal Rate": 1 },
      {
        at: at("08:00:00"),
        "Temp Basal Amount": 0.4,
        "Temp Basal Type": "Insulin rate",
        "Temp Basal Duration": "4:00:00"
      },
      { at: at("09:17:12"), "Basal Rate": 1 },
      { at: at("12:00:00"), "BG Reading": 100 }
    ]);
    expect(timeline(datums).slice(0, 2)).toEqual([
      ["06:00", "scheduled", 1, 2],
      ["08:00", "temp", 0.4, (77 * 60 + 12) / 3600]
    ]);
  });
});
