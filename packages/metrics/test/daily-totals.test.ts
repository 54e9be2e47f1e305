import { dailyTotals } from "@tideway/metrics";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { day, minute, start } from "./series.ts";

const hour = 60 * minute;
const at = (after: number) => new Date(start + after).toISOString();
const basal = (from: number, to: number, rate: number) => ({
  type: "basal",
  deliveryType: "scheduled",
  time: at(from),
  duration: to - from,
  rate
});
const bolus = (from: number, normal: number, more: object = {}) => ({
  type: "bolus",
  subType: "normal",
  time: at(from),
  normal,
  ...more
});
const food = (from: number, net: number) => ({
  type: "food",
  time: at(from),
  nutrition: { carbohydrate: { net, units: "grams" } }
});
const rounded = (datums: ReadonlyArray<unknown>, options = {}) =>
  dailyTotals(datums, options).days.map(({ firstDay, bolus, basal, insulin, carbohydrates }) => [
    firstDay,
    ...[bolus, basal, insulin, carbohydrates].map((value) =>
      typeof value === "number" ? Math.round(value * 1e6) / 1e6 : "withheld"
    )
  ]);

describe("insulin and carbohydrates per day", () => {
  it("are what was delivered and eaten on each local day", () => {
    const datums = [
      ...[0, 8, 16, 24, 32, 40].map((from) => basal(from * hour, (from + 8) * hour, 1)),
      bolus(12 * hour, 5),
      bolus(36 * hour, 4),
      food(12 * hour, 60),
      { type: "wizard", time: at(36 * hour), carbInput: 40, units: "mg/dL" }
    ];
    expect(rounded(datums)).toEqual([
      ["2026-03-01", 5, 24, 29, 60],
      ["2026-03-02", 4, 24, 28, 40]
    ]);
    // Five hours behind UTC the first evening belongs to the day before.
    expect(rounded(datums, { timeZone: "America/New_York" }).map(([date]) => date)).toEqual([
      "2026-02-28",
      "2026-03-01",
      "2026-03-02"
    ]);
  });

  it("part at midnight what runs across it: basals and extended boluses", () => {
    const datums = [
      basal(0, 20 * hour, 1),
      basal(20 * hour, 48 * hour, 0.5),
      bolus(23 * hour, 1, { subType: "dual/square", extended: 4, duration: 4 * hour })
    ];
    expect(rounded(datums)).toEqual([
      ["2026-03-01", 2, 22, 24, "withheld"],
      ["2026-03-02", 3, 12, 15, "withheld"]
    ]);
  });

  it("count a basal until the next begins, and a suspended pump as none", () => {
    const datums = [
      basal(0, day, 1),
      { type: "basal", deliveryType: "suspend", time: at(6 * hour), duration: 12 * hour },
      basal(18 * hour, day, 1)
    ];
    expect(rounded(datums)).toEqual([["2026-03-01", "withheld", 12, 12, "withheld"]]);
  });

  it("count once what came twice: inside its calculation and beside it, or from two uploaders", () => {
    const wizard = {
      type: "wizard",
      time: at(hour),
      carbInput: 30,
      bolus: { type: "bolus", subType: "normal", normal: 3 }
    };
    const once = [basal(0, day, 1), bolus(hour, 3), bolus(hour + 5 * minute, 3), food(hour, 30)];
    const all = [...once, wizard, { ...bolus(hour + 900, 3), deviceId: "another" }, basal(0, day, 1)];
    expect(rounded(all)).toEqual(rounded(once));
    expect(rounded(once)).toEqual([["2026-03-01", 6, 24, 30, 30]]);
    expect(dailyTotals(all).leftOut.doubles).toBe(4);
  });

  it("withhold all insulin where a pump's basals are not known, with the reason", () => {
    const [only] = dailyTotals([basal(0, 12 * hour, 1), bolus(hour, 3)], {
      period: { from: start, to: start + day }
    }).days;
    expect(only?.bolus).toBe(3);
    expect(only?.insulin).toEqual({
      withheld: "This needs basals for at least 90 % of the day; they are known for 12.0 hours."
    });
    expect(only?.basal).toEqual(only?.insulin);
    expect(only?.carbohydrates).toEqual({ withheld: "No carbohydrates are recorded." });
  });

  it("add up injections without asking for basals", () => {
    const pens = [6, 18].map((after) => ({
      type: "insulin",
      time: at(after * hour),
      dose: { total: 8, units: "Units" }
    }));
    expect(dailyTotals(pens).days).toMatchObject([{ injected: 16, insulin: 16 }]);
  });

  it("leave out and count what cannot be used, is in the future, or stands years apart", () => {
    const many = Array.from({ length: 30 }, (_, index) => bolus(index * hour, 1));
    const { days, leftOut } = dailyTotals(
      [
        ...many,
        { ...bolus(0, 1), time: "2161-07-12T02:24:18Z" },
        { ...bolus(0, 1), time: "2007-01-01T00:00:00Z" },
        { ...bolus(0, 1), time: "1970-01-01T00:00:00Z" },
        bolus(0, Number.NaN),
        { type: "wizard", time: at(0), carbInput: 3, carbUnits: "exchanges" },
        { type: "food", time: "noon", nutrition: { carbohydrate: { net: 3 } } },
        null,
        "text",
        { type: "cbg", time: at(0), value: 100, units: "mg/dL" }
      ],
      { now: start + 29 * hour }
    );
    expect(days.map(({ bolus }) => bolus)).toEqual([24, 6]);
    expect(leftOut).toEqual({ unusable: 3, future: 1, beforeDevices: 1, apart: 1, outsidePeriod: 0, doubles: 0 });
  });

  it("lose and double nothing, whatever the order and the zone", () => {
    const offset = fc.integer({ min: -12 * 60, max: 14 * 60 });
    const boluses = fc.uniqueArray(fc.integer({ min: 0, max: 5 * 24 * 12 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(boluses, offset, fc.integer(), (times, offset, seed) => {
        const datums = times.map((time, index) =>
          bolus(time * 5 * minute, 1 + index / 8, index % 3 === 0 ? { extended: 2, duration: 3 * hour } : {})
        );
        const expected = datums.reduce((sum, { normal, ...more }) => sum + normal + ("extended" in more ? 2 : 0), 0);
        const order = datums.toSorted((a, b) => Math.sin(seed + a.normal * 99) - Math.sin(seed + b.normal * 99));
        const { days } = dailyTotals([...order, ...datums], { timeZone: () => offset });
        const sum = days.reduce((sum, { bolus }) => sum + (typeof bolus === "number" ? bolus : 0), 0);
        expect(sum).toBeCloseTo(expected, 6);
      }),
      { numRuns: 50 }
    );
  });
});
