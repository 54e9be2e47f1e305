import type { Datum } from "@tideway/core";

/** Some three hundred datums; every version changes a third of them, leaves out a seventh, and has that of the one before again. */
export const killedDatums = (version: number): ReadonlyArray<Datum> =>
  Array.from({ length: 350 }, (_, index) => index).flatMap((index): ReadonlyArray<Datum> => {
    if (index % 7 === version % 7) return [];
    const time = new Date(Date.UTC(2026, 0, 1) + index * 300_000).toISOString();
    const origin = { id: `id-${index}`, name: "org.example.killed", type: "application" } as const;
    const value = 40 + ((index + (index % 3 === 0 ? version : 0)) % 300);
    if (index % 10 !== 0) return [{ type: "cbg", time, units: "mg/dL", value, origin }];
    const bolus = { type: "bolus", subType: "normal", time, normal: value / 100 } as const;
    return [{ type: "wizard", time, units: "mg/dL", bgInput: value, bolus, origin }];
  });
