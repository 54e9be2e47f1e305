import { formatBand } from "@tideway/charts";
import { bands, type ProfileBin, targetSets, wholePercents } from "@tideway/metrics";
import type { ReportFacts } from "./report-facts.ts";
import { figuresOf, periodInWords, withheldReasons } from "./report-words.ts";

const barWidth = 30;
const bars = "▁▂▃▄▅▆▇█";

/** The medians of a day as a line of blocks, from 40 to 300 mg/dL. */
const sparkline = (profile: ReadonlyArray<ProfileBin>): string =>
  profile
    .map(({ percentiles }) => {
      if (percentiles === undefined) return " ";
      const share = (percentiles.p50 - 40) / 260;
      return bars[Math.max(0, Math.min(bars.length - 1, Math.floor(share * bars.length)))];
    })
    .join("");

/** A report as lines to paste into a message. */
export const reportText = (facts: ReportFacts): ReadonlyArray<string> => {
  const { summary, profile, unit, zone } = facts;
  const figures = figuresOf(facts);
  const width = Math.max(...figures.map(({ name }) => name.length));
  const percents = wholePercents(summary.bands);
  const ranges = bands.toReversed().map((band) => ({ band, range: formatBand(band, targetSets.standard, unit) }));
  const widest = Math.max(...ranges.map(({ range }) => range.length));
  return [
    `AGP report: ${periodInWords(facts)} (${zone})`,
    "",
    ...figures.map(({ name, text, goal }) => `${name.padEnd(width)}  ${text}${goal === "" ? "" : `  (goal: ${goal})`}`),
    "",
    `Time in ranges, ${unit}`,
    ...ranges.map(({ band, range }) => {
      const bar = "█".repeat(Math.round((summary.bands[band] / 100) * barWidth));
      return `${range.padEnd(widest)}  ${`${percents[band]} %`.padStart(6)}  ${bar}`.trimEnd();
    }),
    ...("withheld" in profile ? [] : ["", "Median over the day, 0:00 to 24:00 (40 to 300 mg/dL)", sparkline(profile)]),
    ...withheldReasons(facts).flatMap((reason) => ["", reason])
  ];
};
