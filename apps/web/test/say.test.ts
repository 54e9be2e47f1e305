import { bands } from "@tideway/metrics";
import { describe, expect, it } from "vitest";
import { bandColours } from "../src/draw/band-colours.ts";
import { sayBand } from "../src/say/band.ts";
import { sayGlucose } from "../src/say/glucose.ts";
import { sayBytes, sayCount, sayTimeOfDay } from "../src/say/number.ts";

describe("what the page says", () => {
  it("names the bands in both units by the consensus", () => {
    expect(bands.map((band) => sayBand(band, "mg/dL"))).toEqual(["under 54", "54–69", "70–180", "181–250", "over 250"]);
    expect(bands.map((band) => sayBand(band, "mmol/L"))).toEqual([
      "under 3.0",
      "3.0–3.8",
      "3.9–10.0",
      "10.1–13.9",
      "over 13.9"
    ]);
  });

  it("tells glucose in whole mg/dL and tenths of mmol/L", () => {
    expect(sayGlucose(120.4, "mg/dL")).toBe("120");
    expect(sayGlucose(100, "mmol/L")).toBe("5.6");
  });

  it("tells a share of a day in hours and minutes, and never a share above 0 as none", () => {
    expect([5, 70, 1, 0, 0.01, 100].map(sayTimeOfDay)).toEqual([
      "1 h 12 min",
      "16 h 48 min",
      "14 min",
      "0 min",
      "< 1 min",
      "24 h"
    ]);
  });

  it("tells counts and sizes", () => {
    expect([sayCount(1, "datum"), sayCount(25_920, "datum")]).toEqual(["1 datum", "25,920 datums"]);
    expect([sayBytes(812), sayBytes(12_400), sayBytes(3_600_000)]).toEqual(["812 bytes", "12 kB", "3.6 MB"]);
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

  it.for(bands)("stand out from white by 3 to 1: %s", (band) => {
    expect(1.05 / (luminance(bandColours[band]) + 0.05)).toBeGreaterThanOrEqual(3);
  });
});
