import { describe, expect, it } from "vitest";
import { timeTicks } from "../src/draw/time-ticks.ts";
import { daysBefore, daysOf, midnightOf, doneDays } from "../src/look/days.ts";
import { timeByOffsets, timeInUtc, timeInZone } from "../src/look/local-time.ts";
import { sayTime } from "../src/say/date.ts";

const at = (text: string) => Date.parse(text);
const newYork = timeInZone("America/New_York");
if (newYork === undefined) throw new Error("Every browser knows New York.");

describe("the wall clock of the data", () => {
  it("follows the offsets that readings tell, each from its reading on", () => {
    const local = timeByOffsets([at("2026-03-01T00:00:00Z"), at("2026-03-02T00:00:00Z")], [-300, -240]);
    expect(local.offsetAt(at("2026-02-01T00:00:00Z"))).toBe(-300);
    expect(local.offsetAt(at("2026-03-01T23:59:00Z"))).toBe(-300);
    expect(local.offsetAt(at("2026-03-02T00:00:00Z"))).toBe(-240);
    expect(local.name).toBe("Times are local, as the file tells them (UTC−5, then UTC−4).");
  });

  it("names offsets of half hours", () => {
    expect(timeByOffsets([0], [330]).name).toContain("UTC+5:30");
    expect(timeByOffsets([0], [-210]).name).toContain("UTC−3:30");
  });

  it("follows a zone through both changes of its year", () => {
    expect(newYork.offsetAt(at("2026-03-08T06:59:00Z"))).toBe(-300);
    expect(newYork.offsetAt(at("2026-03-08T07:00:00Z"))).toBe(-240);
    expect(newYork.offsetAt(at("2026-11-01T05:59:00Z"))).toBe(-240);
    expect(newYork.offsetAt(at("2026-11-01T06:00:00Z"))).toBe(-300);
  });

  it("is not known for a zone that does not exist", () => expect(timeInZone("Mars/Olympus")).toBeUndefined());

  it("says times as the person saw them", () => {
    expect(sayTime(at("2026-03-03T19:05:00Z"), newYork, "moment")).toBe("Tue 3 Mar, 14:05");
    expect(sayTime(at("2026-03-03T02:00:00Z"), newYork, "date")).toBe("2 Mar 2026");
  });
});

describe("local days", () => {
  it("begin at local midnight, also on the days of 23 and 25 hours", () => {
    const march = midnightOf(at("2026-03-08T15:00:00Z"), newYork);
    expect(new Date(march).toISOString()).toBe("2026-03-08T05:00:00.000Z");
    expect(new Date(daysBefore(march, -1, newYork)).toISOString()).toBe("2026-03-09T04:00:00.000Z");
    const november = midnightOf(at("2026-11-01T15:00:00Z"), newYork);
    expect(new Date(november).toISOString()).toBe("2026-11-01T04:00:00.000Z");
    expect(new Date(daysBefore(november, -1, newYork)).toISOString()).toBe("2026-11-02T05:00:00.000Z");
    expect(daysBefore(daysBefore(november, -1, newYork), 1, newYork)).toBe(november);
  });

  it("are all there from the first to the last, the empty ones too", () => {
    const times = ["2026-03-07T12:00:00Z", "2026-03-09T12:00:00Z", "no time", "2026-03-09T13:00:00Z"];
    const { days, dayOf } = daysOf(times.map(at), newYork);
    expect([...dayOf]).toEqual([0, 2, -1, 2]);
    expect(days.map(({ start, datums }) => [sayTime(start, newYork, "date"), datums])).toEqual([
      ["7 Mar 2026", 1],
      ["8 Mar 2026", 0],
      ["9 Mar 2026", 2]
    ]);
  });

  it("are no more than 400, those with the most datums, however wrong a clock was", () => {
    const times = ["1970-01-01T00:00:00Z", "2026-03-08T12:00:00Z", "2026-03-09T12:00:00Z", "2046-01-01T12:00:00Z"];
    const { days, dayOf } = daysOf(times.map(at), timeInUtc);
    expect([...dayOf]).toEqual([-1, 0, 1, -1]);
    expect(days.at(-1)).toEqual({ start: at("2026-03-09T00:00:00Z"), datums: 1 });
  });

  it("are the latest 400 where there is a datum each day", () => {
    const times = Array.from({ length: 500 }, (_, day) => at("2025-01-01T12:00:00Z") + day * 86_400_000);
    const { days, dayOf } = daysOf(times, timeInUtc);
    expect(days).toHaveLength(400);
    expect([...dayOf].slice(98, 102)).toEqual([-1, -1, 0, 1]);
    expect(dayOf[499]).toBe(399);
  });

  it("are told without delay where two devices with different clocks take turns", () => {
    const count = 105_000;
    const times = Array.from({ length: count }, (_, index) => index * 60_000);
    const local = timeByOffsets(
      times,
      times.map((_, index) => (index % 2 === 0 ? -420 : -480))
    );
    expect(times.every((time, index) => local.offsetAt(time + 1) === (index % 2 === 0 ? -420 : -480))).toBe(true);
    expect(local.offsetAt(-1)).toBe(-420);
  });
});

describe("doneDays", () => {
  it("tells which days are done to their last datum, the empty ones from the start", () => {
    const times = ["2026-03-07T12:00:00Z", "2026-03-09T12:00:00Z", "no time", "2026-03-09T13:00:00Z"];
    const days = daysOf(times.map(at), timeInUtc);
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
    expect(doneDays(daysOf([Number.NaN], timeInUtc), 1)).toEqual([]);
  });
});

describe("timeTicks", () => {
  const day = at("2026-03-03T00:00:00Z");

  it("marks hours where there is room, and the day at midnight", () => {
    expect(timeTicks(day, day + 86_400_000, 600, timeInUtc).map(({ label }) => label)).toEqual([
      "Tue 3 Mar",
      "03:00",
      "06:00",
      "09:00",
      "12:00",
      "15:00",
      "18:00",
      "21:00"
    ]);
  });

  it("marks fewer where there is little room", () => {
    const labels = timeTicks(day, day + 7 * 86_400_000, 260, timeInUtc).map(({ label }) => label);
    expect(labels).toEqual(["Tue 3 Mar", "Fri 6 Mar", "Mon 9 Mar"]);
  });
});
