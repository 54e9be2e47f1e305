import { describe, expect, it } from "vitest";
import { curveOf, gapsOf } from "../src/charts/curve.ts";
import { indexAt, seriesOf } from "../src/preview/series.ts";

const minute = 60_000;
const scales = { x: (time: number) => time / minute, y: (mgdl: number) => mgdl };
const seriesAt = (...minutes: ReadonlyArray<number>) =>
  seriesOf(minutes.map((at) => ({ time: at * minute, mgdl: 100 + at })));

describe("curveOf", () => {
  it("joins readings that follow each other, and leaves a gap a gap", () => {
    const series = seriesAt(0, 5, 10, 40, 45);
    expect(curveOf(series, 0, 100 * minute, scales)).toBe("M0,100L5,105L10,110M40,140L45,145");
    expect(gapsOf(series, 0, 100 * minute)).toBe(1);
  });

  it("draws a reading alone between two gaps as a dot", () => {
    expect(curveOf(seriesAt(0, 5, 60, 120, 125), 0, 200 * minute, scales)).toBe("M0,100L5,105M60,160ZM120,220L125,225");
  });

  it("bridges one or two missed readings of five minutes, but not three", () => {
    expect(gapsOf(seriesAt(0, 5, 10, 25, 30), 0, 100 * minute)).toBe(0);
    expect(gapsOf(seriesAt(0, 5, 10, 30, 35), 0, 100 * minute)).toBe(1);
  });

  it("joins readings of a sensor that stores one each 15 minutes, but never across more than 45", () => {
    expect(gapsOf(seriesAt(0, 15, 30, 75, 90), 0, 100 * minute)).toBe(0);
    expect(gapsOf(seriesAt(0, 15, 30, 80, 95), 0, 100 * minute)).toBe(1);
  });

  it("keeps to its span, both ends included, and is empty where nothing is", () => {
    const series = seriesAt(0, 5, 10, 15);
    expect(curveOf(series, 5 * minute, 10 * minute, scales)).toBe("M5,105L10,110");
    expect(curveOf(series, 50 * minute, 60 * minute, scales)).toBe("");
  });
});

describe("seriesOf", () => {
  it("puts readings in the order of time and finds a moment among them", () => {
    const series = seriesAt(10, 0, 5);
    expect(series.mgdl).toEqual([100, 105, 110]);
    expect([-1, 0, 1, 5, 11].map((at) => indexAt(series, at * minute))).toEqual([0, 0, 1, 1, 3]);
  });
});
