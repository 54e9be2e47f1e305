import { createSummarizer, type Reading, type SummaryOptions, smoothProfile } from "@tideway/metrics";
import { describe, expect, it } from "vitest";
import { day, minute, readingAt, series, start } from "./series.ts";

const hour = 60 * minute;
const fill = (readings: ReadonlyArray<Reading>, options: SummaryOptions = {}) => {
  const summarizer = createSummarizer(options);
  for (const reading of readings) summarizer.add(reading);
  return summarizer;
};
const twoWeeks = { from: start, to: start + 14 * day };

describe("the summary of each day", () => {
  it("has every day from the first to the last, those without readings too", () => {
    const days = fill([
      ...series(5 * minute, [0, day], 120),
      ...series(5 * minute, [2 * day, 2.5 * day], 200)
    ]).periods();
    expect(days.map(({ firstDay, statistics }) => [firstDay, statistics.count, statistics.sensorActive])).toEqual([
      ["2026-03-01", 288, 100],
      ["2026-03-02", 0, 0],
      ["2026-03-03", 144, 50]
    ]);
    expect(days[1]?.statistics.mean).toEqual({ withheld: "There are no CGM readings." });
    expect(days[2]?.statistics.bands.high).toBe(100);
    expect(days[0]?.statistics.gmi).toHaveProperty("withheld");
  });

  it("follows the wearer's clock through days of 23 and 25 hours", () => {
    const berlin = (date: string, hours: number) => {
      const from = Date.parse(`${date}T12:00:00Z`) - start;
      const days = fill(series(5 * minute, [from - 3 * day, from + 3 * day], 120), {
        timeZone: "Europe/Berlin"
      }).periods();
      const found = days.find(({ firstDay }) => firstDay === date);
      expect(found?.statistics).toMatchObject({ count: hours * 12, sensorActive: 100 });
      expect((found?.period.to ?? 0) - (found?.period.from ?? 0)).toBe(hours * hour);
    };
    berlin("2026-03-29", 23);
    berlin("2026-03-30", 24);
    berlin("2026-10-25", 25);
  });

  it("follows the offsets that readings state, on a journey too, where no zone is given", () => {
    const home = series(5 * minute, [0, day], 120, { timezoneOffset: 60 });
    const away = series(5 * minute, [day, 2 * day], 120, { timezoneOffset: -300 });
    const days = fill([...home, ...away]).periods();
    expect(days.map(({ firstDay, statistics }) => [firstDay, statistics.count])).toEqual([
      // Who flies west just after midnight has the evening twice: it is one day, of 29 hours.
      ["2026-03-01", 288 + 60],
      ["2026-03-02", 288 - 60]
    ]);
  });

  it("loses nothing where a journey makes the first reading the one of the later date", () => {
    const home = series(5 * minute, [23.5 * hour, day], 120, { timezoneOffset: 60 });
    const away = series(5 * minute, [day, day + hour], 120, { timezoneOffset: -300 });
    const days = fill([...home, ...away]).periods();
    expect(days.reduce((sum, { statistics }) => sum + statistics.count, 0)).toBe(18);
  });

  it("takes the offset from a function as well, and refuses a zone that is none", () => {
    const days = fill(series(5 * minute, [0, day], 120), { timeZone: () => -60 }).periods();
    expect(days.map(({ firstDay }) => firstDay)).toEqual(["2026-02-28", "2026-03-01"]);
    expect(() => createSummarizer({ timeZone: "Berlin" })).toThrow(/zone must be the name of a time zone/);
  });

  it("keeps to the period stated", () => {
    const period = { from: start - 12 * hour, to: start + 12 * hour };
    const days = fill(series(5 * minute, [0, day], 120), { period }).periods();
    expect(days.map(({ firstDay, statistics }) => [firstDay, statistics.sensorActive])).toEqual([
      ["2026-02-28", 0],
      ["2026-03-01", 100]
    ]);
  });

  it("adds up to the summary of all days", () => {
    const summarizer = fill(series(5 * minute, [0, 5.3 * day], (index) => 60 + ((index * 37) % 250)));
    const all = summarizer.summary();
    const days = summarizer.periods().map(({ statistics }) => statistics);
    const sum = (number: (day: (typeof days)[number]) => number) => days.reduce((sum, day) => sum + number(day), 0);
    expect(sum(({ count }) => count)).toBe(all.count);
    expect(sum(({ covered }) => covered)).toBeCloseTo(all.covered, 3);
    expect(sum(({ covered, mean }) => covered * (mean as number)) / all.covered).toBeCloseTo(all.mean as number, 9);
    expect(sum(({ covered, bands }) => covered * bands.target) / all.covered).toBeCloseTo(all.bands.target, 9);
  });
});

describe("the summary of several days", () => {
  it("is counted back from the last, so that the first may be short", () => {
    const weeks = fill(series(5 * minute, [0, 16 * day], 120)).periods(7);
    expect(weeks.map(({ firstDay, lastDay, statistics }) => [firstDay, lastDay, statistics.days])).toEqual([
      ["2026-03-01", "2026-03-02", 2],
      ["2026-03-03", "2026-03-09", 7],
      ["2026-03-10", "2026-03-16", 7]
    ]);
    expect(() => fill([readingAt(0, 100)]).periods(0)).toThrow(RangeError);
    expect(fill([]).periods(7)).toEqual([]);
  });
});

describe("the glucose profile", () => {
  // Each hour has its own level, and each day is one higher than the day before.
  const levels = series(
    5 * minute,
    [0, 14 * day],
    (index) => 100 + 5 * (Math.floor(index / 12) % 24) + Math.floor(index / 288)
  );

  it("tells the percentiles of each hour of the wearer's day", () => {
    const profile = fill(levels).profile();
    expect(profile).toHaveLength(24);
    const bins = profile as Exclude<typeof profile, { withheld: string }>;
    // 14 levels, 12 readings each: R's quantile(rep(0:13, each = 12), c(.05, .25, .5, .75, .95)) is 0, 3, 6.5, 10, 13.
    expect(bins[3]).toEqual({
      from: 180,
      count: 168,
      percentiles: { p5: 115, p25: 118, p50: 121.5, p75: 125, p95: 128 }
    });
    const inTokyo = fill(levels, { timeZone: "Asia/Tokyo" }).profile() as typeof bins;
    expect(inTokyo[12]?.percentiles).toEqual(bins[3]?.percentiles);
  });

  it("weighs a reading each minute no more than one each five", () => {
    const all = [...series(minute, [0, 7 * day], 100), ...series(5 * minute, [7 * day, 14 * day], 200)];
    const [bin] = fill(all).profile() as ReadonlyArray<{ percentiles: { p25: number; p75: number } }>;
    expect([bin?.percentiles.p25, bin?.percentiles.p75]).toEqual([100, 200]);
    expect(fill(all).summary().percentiles).toMatchObject({ p25: 100, p75: 200 });
  });

  it("is withheld from less than a day, and from a sensor used for less than 70 % of the time", () => {
    expect(fill(series(5 * minute, [0, 23 * hour], 100)).profile()).toEqual({
      withheld: "A profile needs 24 hours of CGM readings; there are 23.0 hours."
    });
    expect(fill(series(5 * minute, [0, 9 * day], 100), { period: twoWeeks }).profile()).toEqual({
      withheld: "A profile needs a sensor in use for at least 70 % of the time; here it is 64 %."
    });
    expect(() => fill(levels).profile({ binMinutes: 7 })).toThrow(RangeError);
  });

  it("is smoothed across midnight, and around hours without readings", () => {
    const bin = (from: number, p: number | undefined) => ({
      from,
      count: 1,
      percentiles: p === undefined ? undefined : { p5: p, p25: p, p50: p, p75: p, p95: p }
    });
    const smooth = smoothProfile([bin(0, 60), bin(360, 120), bin(720, undefined), bin(1080, 180)]);
    expect(smooth.map(({ percentiles }) => percentiles?.p50)).toEqual([
      (240 + 120 + 180) / 6,
      (480 + 60) / 5,
      undefined,
      (720 + 60) / 5
    ]);
  });
});

describe("the comparison with the period before", () => {
  const period = { from: start + 14 * day, to: start + 28 * day };
  const higher = [...series(5 * minute, [0, 14 * day], 190), ...series(5 * minute, [14 * day, 28 * day], 150)];

  it("tells both and the change", () => {
    const { current, before, change } = fill(higher, { period }).comparison();
    expect([current.mean, before.mean, change.mean]).toEqual([150, 190, -40]);
    expect(before.period).toEqual({ from: start, to: start + 14 * day });
    expect(change.bands).toEqual({ veryLow: 0, low: 0, target: 100, high: -100, veryHigh: 0 });
    expect(change.gmi).toBeCloseTo(-40 * 0.02392, 9);
  });

  it("takes as many local days for the period before, where the clock changed", () => {
    const berlin = { from: Date.parse("2026-03-29T22:00:00Z"), to: Date.parse("2026-04-05T22:00:00Z") };
    const { before } = fill(higher, { period: berlin, timeZone: "Europe/Berlin" }).comparison();
    expect(before.period?.from).toBe(Date.parse("2026-03-22T23:00:00Z"));
  });

  it("withholds the change where a period has too few readings, with the reason", () => {
    const { current, change } = fill(higher.slice(-288 * 20), { period }).comparison();
    expect(current.mean).toBe(150);
    expect(change.mean).toEqual({
      withheld: "A comparison needs a sensor in use for at least 70 % of both periods; here it is 100 % after 42 %."
    });
    expect(change.bands.target).toEqual(change.mean);
  });

  it("needs to be told the period", () => {
    expect(() => fill(higher).comparison()).toThrow("A comparison needs to be told the period.");
  });
});
