import { dateOf, localDayOf, midnightOf, type OffsetAt, offsetsIn } from "@tideway/metrics";
import { at } from "@tideway/schemas";
import { describe, expect, it } from "vitest";

const hour = 3_600_000;
const dayAndLength = (text: string, offsetAt: OffsetAt) => {
  const day = localDayOf(Date.parse(text), offsetAt);
  return [dateOf(day), (midnightOf(day + 1, offsetAt) - midnightOf(day, offsetAt)) / hour];
};

describe("local days", () => {
  it.each([
    ["Europe/Berlin", "2026-03-28T23:30:00Z", "2026-03-29", 23],
    ["Europe/Berlin", "2026-10-25T22:30:00Z", "2026-10-25", 25],
    ["America/New_York", "2026-03-01T04:59:59Z", "2026-02-28", 24],
    // Clocks go from midnight to one o'clock, and back from midnight to eleven.
    ["Asia/Beirut", "2026-03-28T22:00:00Z", "2026-03-29", 23],
    ["Asia/Beirut", "2026-10-24T21:30:00Z", "2026-10-24", 25],
    // Half an hour of summer time.
    ["Australia/Lord_Howe", "2026-04-05T00:00:00Z", "2026-04-05", 24.5],
    // The day that Samoa left out.
    ["Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31", 24]
  ])("in %s, %s is in %s, which has %s hours", (zone, time, date, hours) => {
    expect(dayAndLength(time, offsetsIn(zone))).toEqual([date, hours]);
  });

  it.each(["Europe/Berlin", "America/St_Johns", "Africa/Casablanca", "Asia/Beirut"])(
    "offsets in %s are those of the zone at each quarter of an hour around its changes",
    (zone) => {
      const offsetAt = offsetsIn(zone);
      for (const month of [1, 2, 9, 10]) {
        for (let quarter = 0; quarter < 31 * 96; quarter++) {
          const time = Date.UTC(2026, month, 1) + quarter * 900_000 + 1;
          if (offsetAt(time) !== at(time, zone).timezoneOffset) throw new Error(new Date(time).toISOString());
        }
      }
      expect(offsetAt(Date.UTC(2026, 0, 1))).toBe(at(Date.UTC(2026, 0, 1), zone).timezoneOffset);
    }
  );

  it("follow what the caller knows of the clock", () => {
    expect(
      dayAndLength(
        "2026-03-01T23:30:00Z",
        offsetsIn(() => 60)
      )
    ).toEqual(["2026-03-02", 24]);
    expect(() => offsetsIn("Berlin")).toThrow(/zone must be the name of a time zone/);
  });
});
