import { resolve } from "node:path";
import type { Overlap, Receipt, Rejection, Transport } from "@tideway/core";
import { askAboutOverlaps } from "../account/ask-about-overlaps.ts";
import { confirmProduction } from "../account/confirm-production.ts";
import { connect } from "../account/connect.ts";
import { copyingTransport } from "../account/copying-transport.ts";
import { dryRunTransport } from "../account/dry-run.ts";
import { openClient, toldBy } from "../account/open-client.ts";
import { chooseServer } from "../account/server.ts";
import { readingOptions } from "../arguments/reading-options.ts";
import type { UploadOptions } from "../commands/upload.ts";
import { openDatums } from "../input/datum-source.ts";
import { keepApart, openInput, refuseSharedStdin } from "../input/input-file.ts";
import { paced, type PagedSource } from "../input/paced.ts";
import { usageError } from "../lifecycle/command-error.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import { Interrupted, type CommandContext, type Outcome } from "../lifecycle/run-command.ts";
import { openDatumsFile } from "../output/datums-file.ts";
import { noteLines, notesOf } from "../output/note-lines.ts";
import { countInside, createReasons, reasonLines } from "../output/reasons.ts";
import { receiptLines, receiptSentence } from "../output/receipt-lines.ts";
import { openReport } from "../output/report-file.ts";
import { stoppedSentence } from "../output/stopped-sentence.ts";
import { createUploadProgress } from "../output/upload-progress.ts";
import { rejectedEntries } from "../rejected/rejected-entries.ts";
import { forgetRejected, keepRejected, type RejectedRecord } from "../rejected/rejected-store.ts";
import { writeLastUpload, type LastUpload } from "../state/last-uploads.ts";
import { defaultLedgerPath, openLedger } from "../state/open-ledger.ts";

const checkOptions = ({ chunkSize = 1, concurrency = 1, passwordStdin, files }: UploadOptions) => {
  if (chunkSize < 1 || chunkSize > 1000) throw usageError("--chunk-size has to be 1 to 1000.");
  if (concurrency < 1 || concurrency > 64) throw usageError("--concurrency has to be 1 to 64.");
  refuseSharedStdin({ passwordStdin, files }, "data");
};

interface Target {
  readonly transport: Transport;
  readonly userId: string;
  readonly where: string;
}

const openTarget = async (options: UploadOptions, name: string, context: CommandContext): Promise<Target> => {
  if (options.dryRun) {
    return { transport: dryRunTransport(options.app), userId: "dry-run", where: "nowhere (dry run)" };
  }
  await confirmProduction(name, chooseServer(options, context), options, context);
  const { server, transport, userId } = await connect(options, "upload", context);
  return { transport, userId, where: server.key };
};

/** What is sent again of an earlier upload. */
interface Retry {
  /** The files of that upload. */
  readonly files: ReadonlyArray<string>;
  /** What it refused and is not sent now, but stays refused. */
  readonly carried: ReadonlyArray<RejectedRecord>;
}

/** As many rejected records are kept for `tideway rejected`; the others only counted. */
const mostKept = 10_000;

/** Keeps what was refused, where it can be repaired and sent again; says where. */
const remember = async (
  rejections: ReadonlyArray<Rejection>,
  source: PagedSource,
  { sessionId }: Pick<Receipt, "sessionId">,
  { app, where, files, carried }: { readonly app: string; readonly where: string } & Retry,
  { output }: CommandContext
): Promise<string | undefined> => {
  const upload = { sessionId: sessionId || "no-session", app, server: where, files, time: new Date().toISOString() };
  try {
    if (rejections.length === 0 && carried.length === 0) return await forgetRejected(upload).then(() => undefined);
    const path = await keepRejected(upload, [rejectedEntries(source, rejections), carried]);
    output.say("What was refused is kept: `tideway rejected list` shows it, `tideway rejected retry` sends it again.");
    return path;
  } catch (error) {
    output.warn(`tideway: What was refused could not be kept: ${(error as Error).message}`);
    return undefined;
  }
};

/** Uploads files into the session of an app. */
export const upload = async (options: UploadOptions, context: CommandContext, retry?: Retry): Promise<Outcome> => {
  const { output, signal } = context;
  checkOptions(options);
  if (!options.dryRun) chooseServer(options, context);
  await keepApart(options.files, {
    "--report": options.report,
    "--out": options.out,
    "--ledger": options.ledger,
    ...(options.ledger !== undefined || options.dryRun ? {} : { "the ledger": defaultLedgerPath() })
  });
  const input = await openInput(options.files, signal);
  const datums = await openDatums(input, await readingOptions(options, context), signal);
  const { transport, userId, where } = await openTarget(options, input.name, context);
  const ledger = options.dryRun ? undefined : await openLedger(options.ledger, output);
  const out = options.out === undefined ? undefined : await openDatumsFile(options.out);
  const client = openClient({
    transport: out === undefined ? transport : copyingTransport(transport, out.add),
    userId,
    app: options.app,
    ...(ledger ? { ledger } : {})
  });
  let overlaps: ReadonlyArray<Overlap> = [];
  // An account that has a session of this app has been looked at, and what is in that session is replaced, not doubled.
  if (!options.dryRun && !options.yes && typeof datums.source === "function") {
    const session = await client.session.find(toldBy(context));
    if (session === undefined) overlaps = await askAboutOverlaps(client, datums.source, context);
  }
  const report = options.report === undefined ? undefined : await openReport(options.report, signal);
  const reasons = createReasons();
  const refused: Array<Rejection> = [];
  const progress = createUploadProgress(output, input, () => datums.noted().taken);
  output.say(`Uploading ${input.name} to ${where}.`);
  const begun = { begun: new Date().toISOString(), input: input.name };
  const tellStatus = async (upload: Omit<LastUpload, "begun" | "input">) => {
    if (!options.dryRun) await writeLastUpload(where, options.app, { ...begun, ...upload });
  };
  await tellStatus({ state: "running" });
  try {
    const ready = () => Promise.all([output.drained(), report?.drained(), out?.drained()]);
    const { onPage } = progress;
    const onOpen = () => {
      refused.length = 0;
      progress.onOpen();
    };
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
          if (rejection.outcome === "rejected" && refused.length < mostKept) refused.push(rejection);
        },
        ...(options.chunkSize === undefined ? {} : { chunkSize: options.chunkSize }),
        ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency })
      }
    );
    progress.end();
    const unwritten = {
      report: await report?.close(),
      out: await out?.close()
    };
    if (unwritten.report) output.warn(`tideway: The report ${options.report} is not whole: ${unwritten.report}.`);
    if (unwritten.out) output.warn(`tideway: ${options.out} is not whole: ${unwritten.out}.`);
    const tell = receipt.rejected > 0 && !output.json ? output.warn : output.say;
    tell(...reasonLines(reasons.all()));
    const noted = datums.noted();
    output.say(...noteLines(noted));
    const files = (input.paths ?? [input.name]).map((path) => (input.paths === undefined ? path : resolve(path)));
    const kept = options.dryRun
      ? undefined
      : await remember(
          refused,
          datums.source,
          receipt,
          { app: options.app, where, ...(retry ?? { files, carried: [] }) },
          context
        );
    if (receipt.unchanged > 0 && !options.dryRun) {
      output.say("Already there is what this machine remembers; `tideway verify` looks at what is there in truth.");
    }
    const { sessionId, sent, unchanged, rejected } = receipt;
    await tellStatus({ state: "done", ended: new Date().toISOString(), sessionId, sent, unchanged, rejected });
    const isWhole = !unwritten.report && !unwritten.out;
    return {
      exitCode: !isWhole ? exitCode.failure : receipt.rejected > 0 ? exitCode.partial : exitCode.success,
      answer: [
        ...receiptLines(receipt),
        "",
        receiptSentence(receipt, { inside: countInside(reasons.all()), dryRun: options.dryRun })
      ],
      result: {
        ...receipt,
        dryRun: options.dryRun,
        ...notesOf(noted),
        reasons: reasons.all(),
        overlaps,
        ...(kept === undefined ? {} : { rejectedFile: kept })
      }
    };
  } catch (error) {
    progress.end();
    const reached = progress.soFar(error);
    const { sent, unchanged, inDoubt, notSent } = reached;
    await tellStatus({
      state: "stopped",
      ended: new Date().toISOString(),
      sent,
      unchanged,
      pending: inDoubt + notSent
    });
    const soFar = stoppedSentence(reached);
    if (signal.aborted) throw new Interrupted(`Stopped: ${soFar}`, { cause: error });
    output.warn(`The upload did not finish: ${soFar}`);
    throw error;
  } finally {
    await Promise.all([report?.close(), out?.close(), datums.close()]);
  }
};
