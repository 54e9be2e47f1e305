import { summarize } from "@tideway/metrics";
import type { Bench } from "./bench.ts";

const readingsInYear = 105_120;

const readings = Array.from({ length: readingsInYear }, (_, index) => ({
  type: "cbg",
  time: new Date(1_770_000_000_000 + index * 300_000).toISOString(),
  value: 7 + 4 * Math.sin(index / 40),
  units: "mmol/L"
}));

const milliseconds = (work: () => unknown): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

/** The statistics of a year of readings, against reading nothing but their times. */
export const bench: Bench = {
  name: "metrics",
  run: async (say) => {
    for (let round = 0; round < 3; round++) {
      const times = milliseconds(() => readings.reduce((latest, { time }) => Math.max(latest, Date.parse(time)), 0));
      const all = milliseconds(() => summarize(readings));
      say(
        `a year of readings: ${all.toFixed(0)} ms, ${(all / times).toFixed(1)} times as long as reading their times alone`
      );
    }
  }
};
