import { at } from "@tideway/schemas";
import type { ReadOptions } from "@tideway/sources";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ZoneClock } from "../src/time/zone-clock.ts";

type ClockOptions = Pick<ReadOptions, "repeatedHour" | "travel">;

const wall = (text: string) => Date.parse(`${text}Z`);
const clockIn = async (timezone: string, options: ClockOptions = {}) =>
  (await ZoneClock.open({ timezone, ...options }))!;

const shown = async (timezone: string, text: string, options: ClockOptions = {}) => {
  const instant = (await clockIn(timezone, options)).instantOf(wall(text));
  const iso = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 19);
  return typeof instant === "number" ? iso(instant) : `${instant.kind} ${iso(instant.before)} ${iso(instant.after)}`;
};

describe("a wall clock", () => {
  it.each([
    ["Europe/Bucharest", "2023-10-29T02:59:59", "2023-10-28T23:59:59"],
    ["Europe/Bucharest", "2023-10-29T03:04:39", "twice 2023-10-29T00:04:39 2023-10-29T01:04:39"],
    ["Europe/Bucharest", "2023-10-29T04:00:00", "2023-10-29T02:00:00"],
    ["Europe/London", "2021-03-28T01:17:00", "never 2021-03-28T01:17:00 2021-03-28T00:17:00"],
    ["Europe/London", "2021-03-28T02:02:00", "2021-03-28T01:02:00"],
    // Half an hour, and a change in the middle of one.
    ["Australia/Lord_Howe", "2026-04-05T01:15:00", "2026-04-04T14:15:00"],
    ["Australia/Lord_Howe", "2026-04-05T01:45:00", "twice 2026-04-04T14:45:00 2026-04-04T15:15:00"],
    ["Australia/Lord_Howe", "2025-10-05T02:15:00", "never 2025-10-04T15:45:00 2025-10-04T15:15:00"],
    ["Australia/Lord_Howe", "2025-10-05T02:45:00", "2025-10-04T15:45:00"],
    // A whole day that was left out.
    ["Pacific/Apia", "2011-12-30T12:00:00", "never 2011-12-30T22:00:00 2011-12-29T22:00:00"],
    ["Asia/Kathmandu", "2026-07-01T00:00:00", "2026-06-30T18:15:00"],
    ["Etc/GMT+3", "2026-07-01T00:00:00", "2026-07-01T03:00:00"],
    ["Europe/Moscow", "1961-04-12T12:00:00", "1961-04-12T09:00:00"]
  ])("in %s showing %s", async (zone, text, expected) => {
    expect(await shown(zone, text)).toBe(expected);
  });

  it("tells the repeated hour where the person says which of the two it is", async () => {
    const ask = (repeatedHour: "earlier" | "later") =>
      shown("Europe/Bucharest", "2023-10-29T03:04:39", { repeatedHour });
    expect(await ask("earlier")).toBe("2023-10-29T00:04:39");
    expect(await ask("later")).toBe("2023-10-29T01:04:39");
  });

  it("is set to another zone on the way", async () => {
    const travel = [
      { from: "2026-07-01", timezone: "Asia/Tokyo" },
      { from: "2026-07-08T18:30", timezone: "Europe/Berlin" }
    ];
    const clock = await clockIn("Europe/Berlin", { travel });
    const zones = ["2026-06-30T23:59:59", "2026-07-01T00:00:00", "2026-07-08T18:29:59", "2026-07-08T18:30:00"].map(
      (text) => clock.members(wall(text), clock.instantOf(wall(text)) as number)
    );
    expect(zones.map(({ time, timezone, timezoneOffset }) => [time, timezone, timezoneOffset])).toEqual([
      ["2026-06-30T21:59:59.000Z", "Europe/Berlin", 120],
      ["2026-06-30T15:00:00.000Z", "Asia/Tokyo", 540],
      ["2026-07-08T09:29:59.000Z", "Asia/Tokyo", 540],
      ["2026-07-08T16:30:00.000Z", "Europe/Berlin", 120]
    ]);
  });

  it("gives the members that the schemas' own builder gives, by another reckoning", async () => {
    const zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "America/St_Johns"];
    const clocks = await Promise.all(zones.map((zone) => clockIn(zone)));
    fc.assert(
      fc.property(
        fc.nat(zones.length - 1),
        fc.integer({ min: wall("1990-01-01T00:00:00"), max: wall("2030-01-01T00:00:00") }),
        (index, second) => {
          const moment = Math.floor(second / 1000) * 1000;
          const expected = at(moment, zones[index]!);
          const shows = wall(expected.deviceTime);
          const instant = clocks[index]!.instantOf(shows);
          if (typeof instant === "number") expect(clocks[index]!.members(shows, instant)).toEqual(expected);
          else expect([instant.before, instant.after]).toContain(moment);
        }
      ),
      { numRuns: 2000 }
    );
  });

  it("needs a zone that the engine knows", async () => {
    await expect(ZoneClock.open({ timezone: "Factory" })).rejects.toMatchObject({ _tag: "InvalidOption" });
    expect(await ZoneClock.open({})).toBeUndefined();
  });
});
