import { sampleDatums } from "@tideway/sandbox/sample";
import { type Datum, check, kindOf } from "@tideway/schemas";
import { describe, expect, it } from "vitest";

const all = [...sampleDatums()];

const glucose = all.flatMap((datum) => (datum.type === "cbg" && datum.units === "mg/dL" ? [datum.value] : []));
const share = (within: (value: number) => boolean) => glucose.filter(within).length / glucose.length;

/** Every origin id of a datum, that of an embedded bolus included. */
const originIds = (datum: Datum): ReadonlyArray<string | null | undefined> => [
  datum.origin?.id,
  ...(datum.type === "wizard" && datum.bolus ? [datum.bolus.origin?.id] : [])
];

describe("sample data", () => {
  it("is about 30,000 datums in 90 days, of every kind that a pump and a sensor give", () => {
    expect(all.length).toBeGreaterThan(28_000);
    expect(all.length).toBeLessThan(33_000);
    expect(new Set(all.map(kindOf))).toEqual(
      new Set(["cbg", "smbg", "food", "wizard", "bolus/normal", "basal/scheduled", "basal/temp"])
    );
  });

  it("passes every check of the platform", () => {
    expect(all.filter((datum) => !check(datum).ok)).toEqual([]);
  });

  it("is the same for the same options, and other for another seed", () => {
    const few = { days: 2 };
    expect([...sampleDatums(few)]).toEqual([...sampleDatums(few)]);
    expect([...sampleDatums({ ...few, seed: "other" })]).not.toEqual([...sampleDatums(few)]);
  });

  it("gives each datum an origin id of its own, embedded boluses included", () => {
    for (const datums of [all, [...sampleDatums({ days: 30 })], [...sampleDatums({ days: 200 })]]) {
      const ids = datums.flatMap(originIds);
      expect(ids).not.toContain(undefined);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it("has glucose as of a person with diabetes: mostly in range, some high, a few low, never standing still", () => {
    expect(share((value) => value >= 70 && value <= 180)).toBeGreaterThan(0.6);
    expect(share((value) => value >= 70 && value <= 180)).toBeLessThan(0.9);
    expect(share((value) => value > 250)).toBeGreaterThan(0.005);
    expect(share((value) => value < 70)).toBeGreaterThan(0.01);
    expect(share((value) => value < 54)).toBeLessThan(0.02);
    const jumps = glucose.slice(1).map((value, index) => Math.abs(value - (glucose[index] ?? value)));
    expect(jumps.filter((jump) => jump > 30).length / jumps.length).toBeLessThan(0.01);
  });

  it("tells basal insulin as one timeline without gap or overlap", () => {
    const stretches = all.flatMap((datum) =>
      datum.type === "basal" ? [{ from: Date.parse(datum.time), to: Date.parse(datum.time) + datum.duration }] : []
    );
    const seams = stretches.slice(1).map((stretch, index) => stretch.from - (stretches[index]?.to ?? 0));
    expect(seams.filter((seam) => seam !== 0)).toEqual([]);
  });

  it("keeps local time and offset in agreement through the change of clocks", () => {
    const autumn = [...sampleDatums({ days: 2, end: "2026-11-02T12:00:00.000Z" })];
    const offsets = new Set(autumn.map((datum) => datum.timezoneOffset));
    expect(offsets).toEqual(new Set([-240, -300]));
    for (const { time, deviceTime, timezoneOffset } of autumn) {
      expect(Date.parse(`${deviceTime ?? ""}Z`) - Date.parse(time)).toBe((timezoneOffset ?? 0) * 60_000);
    }
  });
});
