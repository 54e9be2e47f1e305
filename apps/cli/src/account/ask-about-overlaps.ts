import type { Client, Overlap, OverlapReport } from "@tideway/core";
import type { PagedSource } from "../input/paced.ts";
import { CommandError } from "../lifecycle/command-error.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import type { CommandContext } from "../lifecycle/run-command.ts";
import { confirm } from "../output/ask.ts";
import { counted, number } from "../output/in-words.ts";
import { toldBy } from "./open-client.ts";

const shown = 5;

const nameOf = ({ appName, link, device, dataSetId }: Overlap): string =>
  link === undefined ? (appName ?? device ?? dataSetId) : `Tidepool's own connection to ${link}`;

/** Other data sets that hold the same days, in words; empty where there are none. */
export const overlapLines = ({ overlaps, days, sampledDays }: OverlapReport): ReadonlyArray<string> => {
  const same = overlaps.filter((overlap) => overlap.days.length > 0);
  if (same.length === 0) return [];
  const looked =
    sampledDays.length < days
      ? `${number(sampledDays.length)} of ${counted(days, "day")} looked at`
      : counted(days, "day");
  const rows = same.slice(0, shown).map((overlap) => {
    const readings = overlap.sameReadings > 0 ? `, ${counted(overlap.sameReadings, "reading")} of them the same` : "";
    return `  ${nameOf(overlap)}: ${counted(overlap.datums, "datum")} on ${counted(overlap.days.length, "day")}${readings}`;
  });
  const more = same.length > shown ? [`  … and ${counted(same.length - shown, "more data set")}`] : [];
  return [`The account already holds data of these days (${looked}):`, ...rows, ...more];
};

/**
 * Looks whether the account holds the same days in sessions of other programs, where they would be there twice. Says so, and asks
 * whether to go on where somebody is there to be asked.
 */
export const askAboutOverlaps = async (
  client: Client,
  source: PagedSource,
  context: CommandContext
): Promise<ReadonlyArray<Overlap>> => {
  const report = await client.findOverlaps(typeof source === "function" ? source() : source, toldBy(context));
  const lines = overlapLines(report);
  if (lines.length === 0) return [];
  context.output.warn(...lines, "What is uploaded now would be there a second time, beside it.");
  if (context.interactive && !(await confirm("Upload all the same?", context.signal))) {
    throw new CommandError(exitCode.failure, "Nothing was sent.");
  }
  return report.overlaps;
};
