import { connect } from "../account/connect.ts";
import { downloadArchive } from "../archive/download-archive.ts";
import { exportCsv } from "../archive/export-csv.ts";
import { exportNightscout } from "../archive/export-nightscout.ts";
import { moment, spanOfTime } from "../arguments/span-of-time.ts";
import type { DownloadOptions } from "../commands/download.ts";
import { usageError } from "../lifecycle/command-error.ts";
import { Interrupted, type CommandContext, type Outcome } from "../lifecycle/run-command.ts";
import { counted, duration, number } from "../output/in-words.ts";
import { version } from "../version.ts";

const day = 86_400_000;

/** A date without a time means all of that day. */
const limitsOf = ({ from, to, app }: DownloadOptions) => {
  const start = from === undefined ? undefined : moment("--from", from);
  const end = to === undefined ? undefined : moment("--to", to) + (to.includes("T") ? 0 : day - 1);
  if (start !== undefined && end !== undefined && start > end) throw usageError("--from is after --to.");
  return {
    ...(start === undefined ? {} : { from: new Date(start).toISOString() }),
    ...(end === undefined ? {} : { to: new Date(end).toISOString() }),
    ...(app === undefined ? {} : { app })
  };
};

/** Tells how far it is: at most every two seconds. */
const createReporter = ({ output }: CommandContext) => {
  let told = performance.now();
  let records = 0;
  return {
    records: () => records,
    onProgress: (progress: Parameters<Parameters<typeof downloadArchive>[0]["onProgress"]>[0]) => {
      ({ records } = progress);
      if (performance.now() - told < 2000) return;
      told = performance.now();
      const { set, month } = progress;
      output.event({ type: "progress", records, dataSet: set.uploadId });
      output.say(
        `${number(records)} records, ${set.appName ?? set.uploadId}${month === undefined ? "" : ` down to ${month}`}`
      );
    }
  };
};

/** Downloads an account into a folder. */
export const download = async (options: DownloadOptions, context: CommandContext): Promise<Outcome> => {
  const { output, signal } = context;
  const { folder, format } = options;
  const limits = limitsOf(options);
  if (options.all && options.overlap !== undefined) throw usageError("Give --all or --overlap, not both.");
  const overlap = options.all ? Number.POSITIVE_INFINITY : spanOfTime("--overlap", options.overlap ?? "60d");
  const { server, transport, userId } = await connect(options, "view", context);
  const { onProgress, records } = createReporter(context);
  try {
    const { manifest, read } = await downloadArchive({
      folder,
      transport,
      userId,
      server: server.key,
      tool: `tideway ${version}`,
      limits,
      overlap,
      signal,
      onProgress,
      onWait: (reason, milliseconds) => output.say(`Waiting ${duration(milliseconds / 1000)}: ${reason}`)
    });
    const exported =
      format === "csv"
        ? await exportCsv(folder, manifest, signal)
        : format === "nightscout"
          ? await exportNightscout(folder, manifest, signal)
          : [];
    const { contents, dataSets, from, to } = manifest;
    const present = dataSets.filter(({ isGone }) => !isGone).length;
    return {
      answer: [
        `${counted(manifest.records, "record")} of ${counted(present, "data set")} in ${folder}, ${number(read)} read now. Checked.`,
        ...(from === undefined ? [] : [`From ${from} to ${to ?? ""}.`]),
        ...(present < dataSets.length
          ? [`${counted(dataSets.length - present, "data set")} gone from the account: kept, not counted.`]
          : []),
        `Contents ${contents}`,
        ...exported
      ],
      result: { folder, records: manifest.records, read, dataSets: present, from, to, contents }
    };
  } catch (error) {
    const soFar = `${counted(records(), "record")} of this run ${records() === 1 ? "is" : "are"} in ${folder}; the same command goes on.`;
    if (signal.aborted) throw new Interrupted(`Stopped: ${soFar}`, { cause: error });
    if (records() > 0) output.warn(`The download did not finish: ${soFar}`);
    throw error;
  }
};
