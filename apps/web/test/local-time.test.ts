import { describe, expect, it } from "vitest";
import { formatTime } from "../src/format/date.ts";
import { doneDays, localDaysOf } from "../src/preview/local-days.ts";
import { localTimeBy, offsetChanges } from "../src/preview/local-time.ts";

const at = (text: string) => Date.parse(text);
const newYork = localTimeBy({ by: "zone", zone: "America/New_York", toldBy: "files" });
const timeInUtc = localTimeBy({ by: "nothing" });
const timeByOffsets = (...told: ReadonlyArray<readonly [time: number, offset: number]>) =>
  localTimeBy({ by: "offsets", changes: offsetChanges(told.map(([time, offset]) => ({ time, offset }))) });

describe("the wall clock of the data", () => {
  it("follows the offsets that readings tell, each from its reading on", () => {
    const local = timeByOffsets([at("2026-03-01T00:00:00Z"), -300], [at("2026-03-02T00:00:00Z"), -240]);
    expect(local.offsetAt(at("2026-02-01T00:00:00Z"))).toBe(-300);
    expect(local.offsetAt(at("2026-03-01T23:59:00Z"))).toBe(-300);
    expect(local.offsetAt(at("2026-03-02T00:00:00Z"))).toBe(-240);
    expect(local.name).toBe("Times are local, as the file tells them (UTC−5, then UTC−4).");
  });

  it("names offsets of half hours", () => {
    expect(timeByOffsets([0, 330]).name).toContain("UTC+5:30");
    expect(timeByOffsets([0, -210]).name).toContain("UTC−3:30");
  });

  it("follows a zone through both changes of its year", () => {
    expect(newYork.offsetAt(at("2026-03-08T06:59:00Z"))).toBe(-300);
    expect(newYork.offsetAt(at("2026-03-08T07:00:00Z"))).toBe(-240);
    expect(newYork.offsetAt(at("2026-11-01T05:59:00Z"))).toBe(-240);
    expect(newYork.offsetAt(at("2026-11-01T06:00:00Z"))).toBe(-300);
  });

  it("is UTC where the zone does not exist, and says so", () =>
    expect(localTimeBy({ by: "zone", zone: "Mars/Olympus", toldBy: "files" }).name).toContain("UTC"));

  it("says times as the person saw them", () => {
    expect(formatTime(at("2026-03-03T19:05:00Z"), newYork, "moment")).toBe("Tue 3 Mar, 14:05");
    expect(formatTime(at("2026-03-03T02:00:00Z"), newYork, "date")).toBe("2 Mar 2026");
  });
});

describe("local days", () => {
  it("are all there from the first to the last, the empty ones too", () => {
    const times = ["2026-03-07T12:00:00Z", "2026-03-09T12:00:00Z", "no time", "2026-03-09T13:00:00Z"];
    const { days, dayOf } = localDaysOf(times.map(at), newYork);
    expect([...dayOf]).toEqual([0, 2, -1, 2]);
    expect(days.map(({ start, datums }) => [formatTime(start, newYork, "date"), datums])).toEqual([
      ["7 Mar 2026", 1],
      ["8 Mar 2026", 0],
      ["9 Mar 2026", 2]
    ]);
  });

  it("are all told in cells or in words, however wrong a clock was", () => {
    const times = ["2026-03-08T12:00:00Z", "2026-03-09T12:00:00Z", "2099-01-01T12:00:00Z"];
    const { days, dayOf } = localDaysOf(times.map(at), timeInUtc);
    expect([...dayOf]).toEqual([0, 1, 2]);
    expect(days.at(-1)).toEqual({ start: at("2099-01-01T00:00:00Z"), datums: 1, skipped: 26_595 });
  });

  it("do not end after 400", () => {
    const times = Array.from({ length: 500 }, (_, day) => at("2025-01-01T12:00:00Z") + day * 86_400_000);
    const { days, dayOf } = localDaysOf(times, timeInUtc);
    expect(days).toHaveLength(500);
    expect(dayOf[499]).toBe(499);
  });

  it("are told without delay where two devices with different clocks take turns", () => {
    const count = 105_000;
    const times = Array.from({ length: count }, (_, index) => index * 60_000);
    const local = timeByOffsets(...times.map((time, index) => [time, index % 2 === 0 ? -420 : -480] as const));
    expect(times.every((time, index) => local.offsetAt(time + 1) === (index % 2 === 0 ? -420 : -480))).toBe(true);
    expect(local.offsetAt(-1)).toBe(-420);
  });
});

describe("doneDays", () => {
  it("tells which days are done to their last datum, the empty ones from the start", () => {
    const times = ["2026-03-07T12:00:00Z", "2026-03-09T12:00:00Z", "no time", "2026-03-09T13:00:00Z"];
    const days = localDaysOf(times.map(at), timeInUtc);
    expect([0, 1, 2, 3, 4, 99].map((done) => doneDays(days, done))).toEqual([
      [false, true, false],
      [true, true, false],
      [true, true, false],
      [true, true, false],
      [true, true, true],
      [true, true, true]
    ]);
  });

  it("has nothing to tell of a file without times", () => {
    expect(doneDays(localDaysOf([Number.NaN], timeInUtc), 1)).toEqual([]);
  });
});
