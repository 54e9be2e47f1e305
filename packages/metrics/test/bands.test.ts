import { bandOf, gmi, gri, griZone, mgdlOf, targetSets, wholePercents } from "@tideway/metrics";
import { describe, expect, it } from "vitest";

const bandOfMmol = (value: number) => bandOf(mgdlOf(value, "mmol/L") ?? Number.NaN, targetSets.standard);

describe("bandOf", () => {
  it.for([
    [53, "veryLow"],
    [54, "low"],
    [69, "low"],
    [70, "target"],
    [180, "target"],
    [181, "high"],
    [250, "high"],
    [251, "veryHigh"]
  ] as const)("puts %s mg/dL into %s", ([mgdl, band]) => expect(bandOf(mgdl, targetSets.standard)).toBe(band));

  it.for([
    [2.9, "veryLow"],
    [3.0, "low"],
    [3.8, "low"],
    [3.9, "target"],
    [10.0, "target"],
    [10.1, "high"],
    [13.9, "high"],
    [14.0, "veryHigh"]
  ] as const)("puts %s mmol/L into %s", ([mmol, band]) => expect(bandOfMmol(mmol)).toBe(band));

  it.for([
    [53.99993, "low"],
    [69.99994, "target"],
    [180.00007, "target"],
    [250.0000004, "high"]
  ] as const)("keeps %s mg/dL, a bound that was stored and read back, in %s", ([mgdl, band]) =>
    expect(bandOf(mgdl, targetSets.standard)).toBe(band)
  );

  it("rounds halves to the even number", () => {
    expect(bandOf(69.5, targetSets.standard)).toBe("target");
    expect(bandOf(180.5, targetSets.standard)).toBe("target");
    expect(bandOf(53.5, targetSets.standard)).toBe("low");
    expect(bandOf(250.5, targetSets.standard)).toBe("high");
  });
});

describe("wholePercents", () => {
  it("adds up to 100, leaving what rounding leaves over to the largest band", () => {
    expect(wholePercents({ veryLow: 0.8, low: 1.6, target: 97.6, high: 0, veryHigh: 0 })).toEqual({
      veryLow: "1",
      low: "2",
      target: "97",
      high: "0",
      veryHigh: "0"
    });
  });

  it("never lets a low round to nothing", () => {
    expect(wholePercents({ veryLow: 0.01, low: 0.5, target: 99.49, high: 0, veryHigh: 0 })).toEqual({
      veryLow: "<1",
      low: "<1",
      target: "100",
      high: "0",
      veryHigh: "0"
    });
  });

  it("says 0 five times where there are no readings", () => {
    const none = { veryLow: 0, low: 0, target: 0, high: 0, veryHigh: 0 };
    expect(Object.values(wholePercents(none))).toEqual(["0", "0", "0", "0", "0"]);
  });
});

describe("the formulas", () => {
  it("give the GMI of the published table", () => {
    // Bergenstal et al. 2018, table 1.
    const published = [5.7, 6.3, 6.9, 7.5, 8.1, 8.7, 9.3, 9.9, 10.5, 11.7];
    const means = [100, 125, 150, 175, 200, 225, 250, 275, 300, 350];
    expect(means.map((mean) => Math.round(gmi(mean) * 10) / 10)).toEqual(published);
  });

  it("give the GRI that the iglu package's documentation prints for its first subject", () => {
    const shares = { veryLow: 0, low: 0.137221, target: 91.663808, high: 7.821612, veryHigh: 0.377358 };
    expect(gri(shares)).toBeCloseTo(7.19, 2);
  });

  it("cap the GRI at 100 and name its zones by the whole number", () => {
    expect(gri({ veryLow: 40, low: 0, target: 60, high: 0, veryHigh: 0 })).toBe(100);
    expect([0, 20.4, 20.6, 40, 41, 60, 61, 80, 81, 100].map(griZone).join("")).toBe("AABBCCDDEE");
  });
});
