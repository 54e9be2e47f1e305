import type { Datum } from "@tideway/core";

export const userId = "5ada5ada55";
export const token = "a-token-that-works";
export const appName = "org.example.tabs";

/** That many different readings. */
export const readings = (count: number) =>
  Array.from({ length: count }, (_, index): Datum => ({
    type: "cbg",
    time: new Date(Date.UTC(2026, 0, 1) + index * 300_000).toISOString(),
    units: "mg/dL",
    value: 80 + (index % 100),
    origin: { id: `reading-${index}` }
  }));
