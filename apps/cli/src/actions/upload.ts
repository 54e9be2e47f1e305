import type { Transport } from "@tideway/core";
import { connect } from "../account/connect.ts";
import { dryRunTransport } from "../account/dry-run.ts";
import { openClient } from "../account/open-client.ts";
import { chooseServer, isProduction } from "../account/server.ts";
import { readingOptions } from "../arguments/reading-options.ts";
import type { UploadOptions } from "../commands/upload.ts";
import { openDatums } from "../input/datum-source.ts";
import { keepApart, openInput, refuseSharedStdin, type Input } from "../input/input-file.ts";
import { paced } from "../input/paced.ts";
import { CommandError, usageError } from "../lifecycle/command-error.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import { Interrupted, type CommandContext, type Outcome } from "../lifecycle/run-command.ts";
import { confirm } from "../output/ask.ts";
import { noteLines, notesOf } from "../output/note-lines.ts";
import { countInside, createReasons, reasonLines } from "../output/reasons.ts";
import { receiptLines, receiptSentence } from "../output/receipt-lines.ts";
import { openReport } from "../output/report-file.ts";
import { stoppedSentence } from "../output/stopped-sentence.ts";
import { createUploadProgress } from "../output/upload-progress.ts";
import { defaultLedgerPath, openLedger } from "../state/open-ledger.ts";

const checkOptions = ({ chunkSize = 1, concurrency = 1, passwordStdin, files }: UploadOptions) => {
  if (chunkSize < 1 || chunkSize > 1000) throw usageError("--chunk-size has to be 1 to 1000.");
  if (concurrency < 1 || concurrency > 64) throw usageError("--concurrency has to be 1 to 64.");
  refuseSharedStdin({ passwordStdin, files }, "data");
};

const beSureOfProduction = async (options: UploadOptions, input: Input, { interactive, signal }: CommandContext) => {
  if (options.yes || !isProduction(chooseServer(options))) return;
  if (!interactive) {
    throw usageError(
      "This writes into a real health record. Add --yes if that is meant, or --dry-run to see what it would do."
    );
  }
  if (!(await confirm(`Write ${input.name} into the production Tidepool, into a real health record?`, signal))) {
    throw new CommandError(exitCode.failure, "Nothing was sent.");
  }
};

const openTarget = async (
  options: UploadOptions,
  context: CommandContext
): Promise<{ readonly transport: Transport; readonly userId: string; readonly where: string }> => {
  if (options.dryRun) {
    return { transport: dryRunTransport(options.app), userId: "dry-run", where: "nowhere (dry run)" };
  }
  const { server, transport, userId } = await connect(options, "upload", context);
  return { transport, userId, where: server.key };
};

/** Uploads files into the session of an app. */
export const upload = async (options: UploadOptions, context: CommandContext): Promise<Outcome> => {
  const { output, signal } = context;
  checkOptions(options);
  if (!options.dryRun) chooseServer(options);
  await keepApart(options.files, {
    "--report": options.report,
    "--ledger": options.ledger,
    ...(options.ledger !== undefined || options.dryRun ? {} : { "the ledger": defaultLedgerPath() })
  });
  const input = await openInput(options.files, signal);
  const datums = await openDatums(input, await readingOptions(options), signal);
  if (!options.dryRun) await beSureOfProduction(options, input, context);
  const { transport, userId, where } = await openTarget(options, context);
  const ledger = options.dryRun ? undefined : await openLedger(options.ledger, output);
  const client = openClient({ transport, userId, app: options.app, ...(ledger ? { ledger } : {}) });
  const report = options.report === undefined ? undefined : await openReport(options.report, signal);
  const reasons = createReasons();
  const progress = createUploadProgress(output, input, () => datums.noted().taken);
  output.say(`Uploading ${input.name} to ${where}.`);
  try {
    const ready = () => Promise.all([output.drained(), report?.drained()]);
    const { onOpen, onPage } = progress;
    const { rejections: _seenAlready, ...receipt } = await client.upload(
      paced(datums.source, { ready, onOpen, onPage }),
      {
        signal,
        keepRejections: 0,
        resend: options.resend,
        trustLedger: options.trustLedger,
        ...(options.wait === undefined ? {} : { busyTimeout: 1000 * options.wait }),
        onProgress: progress.onProgress,
        onRejected: (rejection) => {
          reasons.add(rejection);
          report?.add(rejection);
        },
        ...(options.chunkSize === undefined ? {} : { chunkSize: options.chunkSize }),
        ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency })
      }
    );
    progress.end();
    const unwritten = await report?.close();
    if (unwritten) output.warn(`tideway: The report ${options.report} is not whole: ${unwritten}.`);
    for (const line of reasonLines(reasons.all())) output.say(line);
    const noted = datums.noted();
    output.say(...noteLines(noted));
    return {
      exitCode: unwritten ? exitCode.failure : receipt.rejected > 0 ? exitCode.partial : exitCode.success,
      answer: [
        ...receiptLines(receipt),
        "",
        receiptSentence(receipt, { inside: countInside(reasons.all()), dryRun: options.dryRun })
      ],
      result: { ...receipt, dryRun: options.dryRun, ...notesOf(noted), reasons: reasons.all() }
    };
  } catch (error) {
    progress.end();
    const soFar = stoppedSentence(progress.soFar(error));
    if (signal.aborted) throw new Interrupted(`Stopped: ${soFar}`, { cause: error });
    output.warn(`The upload did not finish: ${soFar}`);
    throw error;
  } finally {
    await Promise.all([report?.close(), datums.close()]);
  }
};
