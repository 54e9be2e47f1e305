import { dailyTotals, type Span, type Summary, summarize } from "@tideway/metrics";
import { describe, expect, it } from "vitest";
import { day, minute, readingAt, series, start } from "./series.ts";

const good = series(5 * minute, [0, 14 * day], (index) => 100 + (index % 50));
const expected = summarize(good);
const numbersOf = (summary: Summary) => ({ ...summary, ignored: 0, leftOut: {} });

describe("readings of a clock that stands wrong", () => {
  it.for([
    ["2161-07-12T02:24:18Z", "apart"],
    ["2042-01-01T00:00:00Z", "apart"],
    ["2001-01-01T00:00:00Z", "apart"],
    ["1970-01-01T00:00:00Z", "beforeDevices"],
    ["1900-01-01T00:00:00Z", "beforeDevices"]
  ] as const)("from %s change nothing and are told", ([time, reason]) => {
    const summary = summarize([{ ...readingAt(0, 40), time }, ...good]);
    expect(numbersOf(summary)).toEqual(numbersOf(expected));
    expect([summary.ignored, summary.leftOut[reason]]).toEqual([1, 1]);
  });

  it("are those in the future, where it is known what time it is", () => {
    const now = start + 10 * day;
    const summary = summarize(good, { now });
    expect(summary.last).toBeLessThanOrEqual(now + 15 * minute);
    expect(summary.leftOut.future).toBe(4 * 288 - 4);
    const nearFuture = summarize([...good, readingAt(20 * day, 40)], { now: start + 14 * day });
    expect(numbersOf(nearFuture)).toEqual(numbersOf(expected));
    expect(nearFuture.leftOut.future).toBe(1);
  });

  it("are not looked for by a `now` that is a text or no moment: that is refused", () => {
    for (const now of ["2026-03-29T08:00:00Z", new Date(start), Number.NaN, null]) {
      const options = { now: now as number };
      expect(() => summarize(good, options)).toThrow("`now` must be a number of milliseconds since 1970");
      expect(() => dailyTotals([], options)).toThrow("`now` must be a number of milliseconds since 1970");
    }
    expect(summarize(good, { now: Infinity }).count).toBe(good.length);
  });

  it("are not those of some months before, nor any among few", () => {
    expect(summarize([readingAt(-300 * day, 100), ...good]).count).toBe(good.length + 1);
    expect(summarize([readingAt(-3 * 365 * day, 100), ...good.slice(0, 19)]).count).toBe(20);
    const earlier = series(5 * minute, [-1500 * day, -1499 * day], 100);
    expect(summarize([...earlier, ...good]).count).toBe(good.length + earlier.length);
  });
});

describe("a stated period", () => {
  it("is what the use of the sensor refers to", () => {
    const period = { from: start - 14 * day, to: start + 14 * day };
    const summary = summarize(good, { period });
    expect([summary.sensorActive, summary.period]).toEqual([50, period]);
    expect(summarize([], { period }).sensorActive).toBe(0);
    expect(
      summarize(series(minute, [0, 3 * day], 120), { period: { from: start, to: start + 14 * day } }).sensorActive
    ).toBeCloseTo((100 * 3) / 14, 9);
  });

  it("leaves out what is outside, and counts it", () => {
    const summary = summarize(good, { period: { from: start + day, to: start + 2 * day } });
    expect(summary).toMatchObject({ count: 288, sensorActive: 100, days: 1, leftOut: { outsidePeriod: 13 * 288 } });
  });

  it("must end after it begins", () => {
    expect(() => summarize(good, { period: { from: start, to: start } })).toThrow(/must end after it begins/);
    // As a program without types may state it: everything would be outside, and the use of the sensor no number.
    const texts: unknown = { from: "2026-03-01T00:00:00Z", to: "2026-03-29T00:00:00Z" };
    expect(() => summarize(good, { period: texts as Span })).toThrow(/in milliseconds since 1970/);
  });
});
