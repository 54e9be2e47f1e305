import { readFileSync } from "node:fs";
import { colourSheet } from "@tideway/charts";
import { describe, expect, it } from "vitest";
import { formatDateInput, momentOfDate } from "../src/format/date-input.ts";
import { formatBytes, formatCount } from "../src/format/number.ts";
import { timeLeft } from "../src/send/time-left.ts";

describe("what the page says", () => {
  it("tells counts and sizes", () => {
    expect([formatCount(1, "datum"), formatCount(25_920, "datum")]).toEqual(["1 datum", "25,920 datums"]);
    expect([formatBytes(812), formatBytes(12_400), formatBytes(3_600_000)]).toEqual(["812 bytes", "12 kB", "3.6 MB"]);
  });
});

it("has the colours of the charts in its style sheet, for both themes", () => {
  const css = readFileSync(new URL("../src/style/colours.css", import.meta.url), "utf8");
  const plain = (text: string): string =>
    text
      .replace(/\/\*.*?\*\//s, "")
      .replaceAll(/\s+/g, " ")
      .trim();
  expect(plain(css)).toBe(plain(colourSheet));
});

describe("date fields", () => {
  const berlin = (time: number): number => (time < Date.UTC(2026, 2, 29, 1) ? 60 : 120);

  it("have local dates, and mean local midnights", () => {
    expect(formatDateInput(Date.UTC(2026, 2, 28, 23, 30), berlin)).toBe("2026-03-29");
    expect(momentOfDate("2026-03-30", berlin)).toBe(Date.UTC(2026, 2, 29, 22));
  });

  it("mean nothing while they are half typed", () => {
    expect([momentOfDate("", berlin), momentOfDate("0002-03-30", berlin)]).toEqual([undefined, undefined]);
  });
});

describe("time left", () => {
  it("is told from the rate so far, once there is one", () => {
    expect(timeLeft({ done: 1000, total: 10_000, elapsed: 2000 })).toBe("500 a second, about 18 s left.");
    expect(timeLeft({ done: 1000, total: 1_000_000, elapsed: 10_000 })).toBe("100 a second, about 167 min left.");
    expect(timeLeft({ done: 0, total: 10, elapsed: 5000 })).toBe("");
    expect(timeLeft({ done: 5, total: 10, elapsed: 100 })).toBe("");
  });
});
