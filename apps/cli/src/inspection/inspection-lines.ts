import { bands as bandNames, wholePercents } from "@tideway/metrics";
import type { Noted } from "../input/open-reading.ts";
import { counted, number } from "../output/in-words.ts";
import { noteLines } from "../output/note-lines.ts";
import { reasonLines } from "../output/reasons.ts";
import type { Inspection } from "./inspection.ts";

const labels: { readonly [band: string]: string } = {
  veryLow: "below 54",
  low: "54–69",
  target: "70–180",
  high: "181–250",
  veryHigh: "above 250"
};

const barWidth = 30;

/** Time in range as bars of characters, the highest first. */
const rangeLines = ({ glucose }: Inspection): ReadonlyArray<string> => {
  if (!glucose) return [];
  const { bands, mean, readings, sensorActive } = glucose;
  const percents = wholePercents(bands);
  const rows = bandNames.toReversed().map((band) => {
    const bar = "█".repeat(Math.round((bands[band] / 100) * barWidth));
    return `  ${labels[band]!.padEnd(10)} ${`${percents[band]} %`.padStart(6)}  ${bar}`.trimEnd();
  });
  const told =
    typeof mean === "number" ? `${mean.toFixed(0)} mg/dL (${(mean / 18.01559).toFixed(1)} mmol/L)` : mean.withheld;
  return [
    "",
    `Glucose: ${counted(readings, "reading")}, mean ${told}, sensor in use ${Math.round(sensorActive)} % of the time`,
    ...rows
  ];
};

const gapLines = ({ gaps, longestGaps }: Inspection, shown = 5): ReadonlyArray<string> => {
  if (gaps === 0) return [];
  const rows = longestGaps.slice(0, shown).map(({ from, to, minutes }) => {
    const long =
      minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${Math.round(minutes / 1440)} days`;
    return `  ${from.slice(0, 16)}Z to ${to.slice(0, 16)}Z, ${long}`;
  });
  return [
    "",
    `Gaps of an hour or more without glucose: ${number(gaps)}${gaps > shown ? "; the longest:" : ""}`,
    ...rows
  ];
};

/** What an inspection found, for people. */
export const inspectionLines = (noted: Noted, inspection: Inspection): ReadonlyArray<string> => {
  const { kinds, first, last, zones, units, refused, reasons } = inspection;
  const rows = Object.entries(kinds);
  const width = Math.max(4, ...rows.map(([kind]) => kind.length));
  const notes = noteLines(noted);
  const problems = reasonLines(reasons, Number.POSITIVE_INFINITY);
  return [
    ...noted.parts.map(({ format, files, evidence }) => {
      const why = evidence.length > 0 ? ` (${evidence.join("; ")})` : "";
      return `${files.length === 1 ? files[0]! : counted(files.length, "file")}: ${format}${why}`;
    }),
    `Devices: ${noted.devices.length > 0 ? [...new Set(noted.devices)].join(", ") : "none named"}`,
    `From ${first ?? "–"} to ${last ?? "–"}`,
    `Zone: ${zones.length > 0 ? zones.join(", ") : "not told, times are UTC"}; glucose in ${units.length > 0 ? units.join(" and ") : "–"}`,
    "",
    ...rows.map(([kind, count]) => `${kind.padEnd(width)}  ${number(count).padStart(9)}`),
    ...rangeLines(inspection),
    ...gapLines(inspection),
    ...(problems.length > 0
      ? [
          "",
          refused > 0
            ? `${counted(refused, "record")} would be refused:`
            : "Nothing would be refused. Left out on purpose:",
          ...problems
        ]
      : ["", "Nothing would be refused."]),
    ...(notes.length > 0 ? ["", ...notes] : [])
  ];
};
