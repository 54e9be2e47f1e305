import { bands, type Reading, summarize, targetSets, timeInRange } from "@tideway/metrics";
import { toMmolL } from "@tideway/schemas";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

const minute = 60_000;
const day = 24 * 60 * minute;
const start = Date.parse("2026-03-01T00:00:00Z");

const readingsOf = (values: ReadonlyArray<number>, apart = 5 * minute): ReadonlyArray<Reading> =>
  values.map((value, index) => ({
    type: "cbg",
    time: new Date(start + index * apart).toISOString(),
    value,
    units: "mg/dL"
  }));

const glucose = fc.array(fc.integer({ min: 20, max: 600 }), { minLength: 1, maxLength: 200 });

describe("summarize", () => {
  it("tells mean, spread and shares of a series that can be checked by hand", () => {
    const { count, mean, sd, cv, bands, gri } = summarize(
      readingsOf(Array.from({ length: 40 }, (_, i) => 50 + 10 * i))
    );
    expect(count).toBe(40);
    expect(mean).toBe(245);
    expect(sd).toBeCloseTo(10 * Math.sqrt((40 * 41) / 12), 9);
    expect(cv).toBeCloseTo((100 * 10 * Math.sqrt((40 * 41) / 12)) / 245, 9);
    expect(bands).toEqual({ veryLow: 2.5, low: 2.5, target: 30, high: 17.5, veryHigh: 47.5 });
    expect(gri).toBe(100);
  });

  it("throws nothing, whatever members a reading has that nobody has checked", () => {
    const [reading] = readingsOf([120]);
    for (const odd of [
      { deviceId: null },
      { deviceId: 7 },
      { sampleInterval: "300000" },
      { sampleInterval: Infinity }
    ]) {
      const { count, bands } = summarize([{ ...reading, ...odd } as unknown as Reading]);
      expect([count, bands.target]).toEqual([1, 100]);
    }
  });

  it("weighs a reading by the time it stands for, so that a sensor with few readings counts as much as its hours", () => {
    const libre = { deviceId: "AbbottFreeStyleLibre-1", time: "2026-03-01T00:00:00Z", value: 60, units: "mg/dL" };
    const minutely = readingsOf(Array<number>(15).fill(120), minute).map((r) => ({ ...r, sampleInterval: minute }));
    const { bands, mean } = summarize([libre, ...minutely]);
    expect(bands).toEqual({ veryLow: 0, low: 50, target: 50, high: 0, veryHigh: 0 });
    expect(mean).toBeCloseTo(90, 9);
  });

  it("takes 5 minutes for a Libre 3 and 15 for its forerunners where the reading does not say", () => {
    const at = { time: "2026-03-01T00:00:00Z", value: 100, units: "mg/dL" };
    expect(summarize([{ ...at, deviceId: "AbbottFreeStyleLibre3-9" }]).covered).toBe(5 * minute);
    expect(summarize([{ ...at, deviceId: "AbbottFreeStyleLibre-9" }]).covered).toBe(15 * minute);
    expect(summarize([{ ...at, sampleInterval: 0 }]).covered).toBe(5 * minute);
  });

  it("leaves out fingersticks, unknown units, impossible values and unreadable times, and says how many", () => {
    const good = { time: "2026-03-01T00:00:00Z", value: 100, units: "mg/dL" };
    const summary = summarize([
      good,
      { ...good, type: "smbg" },
      { ...good, units: "mmol" },
      { ...good, value: Number.NaN },
      { ...good, value: -26 },
      JSON.parse(JSON.stringify({ ...good, value: "100" })) as Reading,
      { ...good, value: 1001 },
      { ...good, value: 56, units: "mmol/L" },
      { ...good, value: Number.POSITIVE_INFINITY },
      { ...good, time: "yesterday" }
    ]);
    expect([summary.count, summary.ignored]).toEqual([1, 9]);
  });

  it("counts days in the wearer's own time", () => {
    const late = { time: "2026-03-02T02:00:00Z", value: 100, units: "mg/dL" };
    const early = { ...late, time: "2026-03-01T12:00:00Z" };
    expect(summarize([early, late]).days).toBe(2);
    expect(summarize([early, late].map((reading) => ({ ...reading, timezoneOffset: -300 }))).days).toBe(1);
  });

  it("says how much of the span has readings, the gaps counted as gaps", () => {
    const [first, , , last] = readingsOf([100, 100, 100, 100]).map((r) => ({ ...r, sampleInterval: 5 * minute }));
    expect(summarize([first, last] as ReadonlyArray<Reading>).sensorActive).toBe(50);
  });

  it("withholds every number that there is too little data for, with the reason", () => {
    const nothing = summarize([]);
    expect(nothing.mean).toEqual({ withheld: "There are no CGM readings." });
    expect(nothing.gri).toEqual({ withheld: "There are no CGM readings." });
    expect(nothing.bands).toEqual({ veryLow: 0, low: 0, target: 0, high: 0, veryHigh: 0 });
    const few = summarize(readingsOf(Array<number>(29).fill(100)));
    expect(few.sd).toEqual({ withheld: "This needs at least 30 CGM readings; there are 29." });
    expect(few.cv).toEqual(few.sd);
    expect(few.mean).toBe(100);
    expect(summarize(readingsOf(Array<number>(30).fill(100))).sd).toBe(0);
  });

  it("tells GMI from 14 days with 70 % of readings on, not earlier", () => {
    const spread = (days: number, perDay: number) =>
      readingsOf(Array<number>(days * perDay).fill(154), day / perDay).map((r) => ({
        ...r,
        sampleInterval: 5 * minute
      }));
    expect(summarize(spread(14, 202)).gmi).toBeCloseTo(6.99, 2);
    expect(summarize(spread(14, 201)).gmi).toHaveProperty("withheld");
    expect(summarize(spread(13, 288)).gmi).toHaveProperty(
      "withheld",
      "GMI needs CGM readings on at least 14 days, covering 70 % of 14 days; days with readings here: 13, covered: 13.0."
    );
  });

  it("uses the target set it is given", () => {
    const readings = readingsOf([62, 63, 140, 141]);
    expect(timeInRange(readings, { targets: targetSets.pregnancyType1 })).toMatchObject({
      low: 25,
      target: 50,
      high: 25
    });
  });

  it("gives shares that add up to 100 for any readings", () => {
    fc.assert(
      fc.property(glucose, (values) => {
        const shares = timeInRange(readingsOf(values));
        expect(bands.reduce((sum, band) => sum + shares[band], 0)).toBeCloseTo(100, 9);
      })
    );
  });

  it("gives the same shares for the same glucose in either unit, also as the platform stores it", () => {
    fc.assert(
      fc.property(glucose, (values) => {
        const inMmol = readingsOf(values).map((reading) => ({
          ...reading,
          units: "mmol/L",
          value: toMmolL(reading.value)
        }));
        expect(timeInRange(inMmol)).toEqual(timeInRange(readingsOf(values)));
      })
    );
  });

  it("does not depend on the order of the readings", () => {
    fc.assert(
      fc.property(glucose, (values) => {
        const readings = readingsOf(values);
        const [forwards, backwards] = [summarize(readings), summarize(readings.toReversed())];
        expect(backwards.bands).toEqual(forwards.bands);
        expect(backwards.mean).toBeCloseTo(forwards.mean as number, 9);
        expect([backwards.first, backwards.last, backwards.sensorActive]).toEqual([
          forwards.first,
          forwards.last,
          forwards.sensorActive
        ]);
      })
    );
  });
});
