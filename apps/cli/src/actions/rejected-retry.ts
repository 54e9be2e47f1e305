import { rm } from "node:fs/promises";
import type { RejectedRetryOptions } from "../commands/rejected.ts";
import { spool } from "../input/spool.ts";
import { usageError } from "../lifecycle/command-error.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import type { CommandContext, Outcome } from "../lifecycle/run-command.ts";
import { chooseRejected } from "../rejected/choose-rejected.ts";
import { readRejected, type RejectedFile, type RejectedRecord } from "../rejected/rejected-store.ts";
import { upload } from "./upload.ts";

const lines = async function* (datums: Iterable<RejectedRecord>) {
  for (const { datum } of datums) yield Buffer.from(`${JSON.stringify(datum)}\n`);
};

/** Options of an upload that a retry has none of. */
const plain = {
  dryRun: false,
  resend: true,
  trustLedger: true,
  report: undefined,
  out: undefined,
  chunkSize: undefined,
  concurrency: undefined,
  timezone: undefined,
  travel: undefined,
  repeatedHour: undefined,
  units: undefined,
  dateOrder: undefined,
  mapping: undefined,
  format: "tidepool",
  encoding: undefined
} as const;

const retryOne = async (
  { path, upload: { files, app } }: RejectedFile,
  options: RejectedRetryOptions,
  context: CommandContext
): Promise<Outcome> => {
  const all: Array<RejectedRecord> = [];
  for await (const record of readRejected(path)) all.push(record);
  const readable = all.filter(({ datum }) => datum !== undefined);
  const carried = all.filter(({ datum }) => datum === undefined);
  if (readable.length === 0) {
    throw usageError(`None of it could be read as datums: mend ${files.join(", ")} and upload it again.`);
  }
  const { path: written, dispose } = await spool(lines(readable), "rejected.ndjson", context.signal);
  try {
    const outcome = await upload({ ...plain, ...options, app, files: [written] }, context, { files, carried });
    // What is still refused is kept by now, perhaps for another session.
    if (outcome.result["rejectedFile"] !== path) await rm(path, { force: true });
    return outcome;
  } finally {
    await dispose();
  }
};

/** Sends refused datums again, as they stand now in the files in which they are kept. */
export const rejectedRetry = async (options: RejectedRetryOptions, context: CommandContext): Promise<Outcome> => {
  const outcomes: Array<Outcome> = [];
  for (const file of await chooseRejected(options.number)) outcomes.push(await retryOne(file, options, context));
  return {
    exitCode: outcomes.find((each) => each.exitCode !== undefined && each.exitCode !== 0)?.exitCode ?? exitCode.success,
    answer: outcomes.flatMap(({ answer = [] }) => answer.slice(-1)),
    result: { uploads: outcomes.map(({ result }) => result) }
  };
};
