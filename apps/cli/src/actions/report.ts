import { writeFile } from "node:fs/promises";
import { localDayOf, midnightOf, offsetsIn, type Span } from "@tideway/metrics";
import { connect } from "../account/connect.ts";
import { readingOptions } from "../arguments/reading-options.ts";
import { moment } from "../arguments/span-of-time.ts";
import type { ReportOptions } from "../commands/report.ts";
import { openDatums } from "../input/datum-source.ts";
import { keepApart, openInput, refuseSharedStdin } from "../input/input-file.ts";
import { CommandError, usageError } from "../lifecycle/command-error.ts";
import { errnoInWords } from "../lifecycle/errno-in-words.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import type { CommandContext, Outcome } from "../lifecycle/run-command.ts";
import { RecentReadings } from "../report/recent-readings.ts";
import { reportFacts } from "../report/report-facts.ts";
import { reportPage } from "../report/report-page.ts";
import { reportText } from "../report/report-text.ts";
import { periodInWords } from "../report/report-words.ts";
import { version } from "../version.ts";

const day = 86_400_000;

/** A date is that of the wearer's clock. */
const instantOf = (flag: string, text: string, timezone: string | undefined, isEnd: boolean): number => {
  const instant = moment(flag, text);
  if (text.includes("T")) return instant;
  const offsetAt = timezone === undefined ? () => 0 : offsetsIn(timezone);
  return midnightOf(localDayOf(instant, () => 0) + (isEnd ? 1 : 0), offsetAt);
};

const periodOf = ({
  from,
  to,
  timezone,
  days
}: ReportOptions): { readonly days: number; readonly period: Span | undefined } => {
  const given = days ?? 14;
  if (given < 1 || given > 366) throw usageError("--days has to be 1 to 366.");
  if (from !== undefined && days !== undefined) throw usageError("Give --from or --days, not both.");
  if (from === undefined && to === undefined) return { days: given, period: undefined };
  if (to === undefined) {
    throw usageError("--from needs --to.");
  }
  const end = instantOf("--to", to, timezone, true);
  const start = from === undefined ? end - given * day : instantOf("--from", from, timezone, false);
  if (start >= end) throw usageError("--from is after --to.");
  if (end - start > 367 * day) throw usageError("A report is about a year at most.");
  return { days: Math.ceil((end - start) / day), period: { from: start, to: end } };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const readFiles = async (options: ReportOptions, readings: RecentReadings, context: CommandContext) => {
  refuseSharedStdin(options, "data");
  await keepApart(options.files, options.text ? {} : { "--out": options.out ?? "tideway-report.html" });
  const input = await openInput(options.files, context.signal);
  const { source, close } = await openDatums(input, await readingOptions(options, context), context.signal);
  try {
    const { pages } = typeof source === "function" ? source() : source;
    for await (const page of pages) {
      context.signal.throwIfAborted();
      for (const entry of page) {
        if ("problem" in entry) continue;
        readings.add("datum" in entry ? entry.datum : parsed(entry.text));
      }
    }
  } finally {
    await close();
  }
};

const readAccount = async (
  options: ReportOptions,
  readings: RecentReadings,
  period: Span | undefined,
  days: number,
  context: CommandContext
) => {
  const { transport, userId } = await connect(options, "view", context);
  const { signal } = context;
  const read = async (span: Span) => {
    const query = {
      type: ["cbg"],
      startDate: new Date(span.from).toISOString(),
      endDate: new Date(span.to).toISOString()
    };
    for await (const datum of transport.readData(userId, query, { signal })) readings.add(datum);
  };
  if (period) return read(period);
  // The newest reading decides, and may be some time ago.
  let newest = Number.NEGATIVE_INFINITY;
  for await (const datum of transport.readData(userId, { type: ["cbg"], latest: true }, { signal })) {
    const { time } = datum as { readonly time?: string };
    newest = Math.max(newest, Date.parse(time ?? ""));
  }
  if (Number.isFinite(newest)) await read({ from: newest - (days + 1) * day, to: newest });
};

/** Makes a report of files, or of an account. */
export const report = async (options: ReportOptions, context: CommandContext): Promise<Outcome> => {
  const { files, show = "mg/dL", timezone } = options;
  const { days, period } = periodOf(options);
  const now = Date.now();
  // Of a period in the past all is kept, up to its end.
  const readings = new RecentReadings(days, period ? Math.min(now, period.to) : now);
  if (files.length > 0) await readFiles(options, readings, context);
  else await readAccount(options, readings, period, days, context);
  const facts = reportFacts(readings, { days, period, timezone, unit: show });
  if (facts === undefined) {
    throw new CommandError(
      exitCode.input,
      `There is no reading of a sensor ${period ? "in these days" : files.length > 0 ? "in it" : "in the account"}: there is nothing to report.`
    );
  }
  const { summary } = facts;
  const result = {
    from: new Date(facts.period.from).toISOString(),
    to: new Date(facts.period.to).toISOString(),
    zone: facts.zone,
    summary
  };
  if (options.text) return { value: reportText(facts), result };
  const path = options.out ?? "tideway-report.html";
  try {
    await writeFile(path, reportPage(facts, { madeAt: new Date(now), tool: `tideway ${version}` }), { mode: 0o600 });
  } catch (cause) {
    throw new CommandError(
      exitCode.failure,
      `The report ${path} cannot be written: ${errnoInWords(cause)}. Name another file with --out.`,
      { cause }
    );
  }
  context.output.say(`${periodInWords(facts)}. Open it in a browser, and print it or save it as PDF from there.`);
  return { value: [path], result: { ...result, file: path } };
};
