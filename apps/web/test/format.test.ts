import { readFileSync } from "node:fs";
import { bands } from "@tideway/metrics";
import { describe, expect, it } from "vitest";
import { bandColours } from "../src/charts/band-colours.ts";
import { formatBand } from "../src/format/band.ts";
import { formatGlucose } from "../src/format/glucose.ts";
import { formatBytes, formatCount, formatTimeOfDay } from "../src/format/number.ts";

describe("what the page says", () => {
  it("names the bands in both units by the consensus", () => {
    expect(bands.map((band) => formatBand(band, "mg/dL"))).toEqual([
      "under 54",
      "54–69",
      "70–180",
      "181–250",
      "over 250"
    ]);
    expect(bands.map((band) => formatBand(band, "mmol/L"))).toEqual([
      "under 3.0",
      "3.0–3.8",
      "3.9–10.0",
      "10.1–13.9",
      "over 13.9"
    ]);
  });

  it("tells glucose in whole mg/dL and tenths of mmol/L", () => {
    expect(formatGlucose(120.4, "mg/dL")).toBe("120");
    expect(formatGlucose(100, "mmol/L")).toBe("5.6");
  });

  it("tells a share of a day in hours and minutes, and never a share above 0 as none", () => {
    expect([5, 70, 1, 0, 0.01, 100].map(formatTimeOfDay)).toEqual([
      "1 h 12 min",
      "16 h 48 min",
      "14 min",
      "0 min",
      "< 1 min",
      "24 h"
    ]);
  });

  it("tells counts and sizes", () => {
    expect([formatCount(1, "datum"), formatCount(25_920, "datum")]).toEqual(["1 datum", "25,920 datums"]);
    expect([formatBytes(812), formatBytes(12_400), formatBytes(3_600_000)]).toEqual(["812 bytes", "12 kB", "3.6 MB"]);
  });
});

describe("the colours of the bands", () => {
  const luminance = (hex: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };

  const contrast = (one: string, other: string): number => {
    const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (lighter + 0.05) / (darker + 0.05);
  };
  const css = readFileSync(new URL("../src/style/page.css", import.meta.url), "utf8");
  const papers = [...css.matchAll(/--paper: (#\w{6})/g)].map(([, paper]) => paper ?? "");

  it.for(bands)("stand out from the paper of both themes by 3 to 1: %s", (band) => {
    expect(papers).toHaveLength(2);
    for (const paper of papers) expect(contrast(bandColours[band], paper)).toBeGreaterThanOrEqual(3);
  });
});
