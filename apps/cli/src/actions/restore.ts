import type { Receipt, Transport } from "@tideway/core";
import type { TidepoolRecord } from "@tideway/sources";
import { confirmProduction } from "../account/confirm-production.ts";
import { connect } from "../account/connect.ts";
import { openClient } from "../account/open-client.ts";
import { isProduction } from "../account/server.ts";
import { presentSets } from "../archive/archived-lines.ts";
import { checkFile } from "../archive/check-file.ts";
import { ContentsHash } from "../archive/contents-hash.ts";
import { readManifest } from "../archive/manifest-file.ts";
import type { Manifest } from "../archive/manifest.ts";
import { restoredPages, sharedIds } from "../archive/restored-pages.ts";
import type { RestoreOptions } from "../commands/restore.ts";
import { CommandError, usageError } from "../lifecycle/command-error.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import { Interrupted, type CommandContext, type Outcome } from "../lifecycle/run-command.ts";
import { confirm } from "../output/ask.ts";
import { counted, number } from "../output/in-words.ts";
import { createReasons, reasonLines } from "../output/reasons.ts";
import { receiptLines } from "../output/receipt-lines.ts";
import { stoppedSentence } from "../output/stopped-sentence.ts";
import { createUploadProgress } from "../output/upload-progress.ts";
import { openLedger } from "../state/open-ledger.ts";

/** The archive, once every file of it is what its manifest says. */
const checkedArchive = async (folder: string, signal: AbortSignal): Promise<Manifest> => {
  const manifest = await readManifest(folder);
  if (!manifest) {
    throw new CommandError(
      exitCode.input,
      `There is no archive in ${folder}: \`tideway download ${folder}\` makes one.`
    );
  }
  if (manifest.endedAt === undefined) {
    throw new CommandError(
      exitCode.input,
      `The archive in ${folder} is not whole: its download was broken off. \`tideway download ${folder}\` goes on with it.`
    );
  }
  for (const file of manifest.files) {
    signal.throwIfAborted();
    const fault = await checkFile(folder, file);
    if (fault !== undefined) {
      throw new CommandError(exitCode.input, `The archive in ${folder} is damaged: ${fault} Nothing was sent.`);
    }
  }
  return manifest;
};

const previewOf = (folder: string, manifest: Manifest, shared: number): ReadonlyArray<string> => {
  const { records, from, to, userId, server, endedAt = "" } = manifest;
  return [
    `${folder}: ${counted(records, "record")} of ${counted(presentSets(manifest).length, "data set")}, of ${userId} at ${server}, as it was on ${endedAt.slice(0, 10)}. Every file is whole.`,
    ...(from === undefined ? [] : [`From ${from} to ${to ?? ""}.`]),
    ...(shared > 0 ? [`${counted(shared, "id")} in more than one data set: all but the first get another one.`] : [])
  ];
};

/** What the session holds, as the manifest of an archive would say it. */
const readBack = async (transport: Transport, userId: string, uploadId: string, signal: AbortSignal) => {
  const contents = new ContentsHash();
  let records = 0;
  for await (const datum of transport.readData(userId, { uploadId }, { signal })) {
    const record = datum as unknown as TidepoolRecord;
    if (record["type"] === "upload") continue;
    records++;
    contents.add(record);
  }
  return { records, contents: String(contents) };
};

/** What reading back came to, in a sentence, and whether it is as it should be. */
const verdictOf = (
  manifest: Manifest,
  { records, contents }: { records: number; contents: string },
  receipt: Receipt,
  shared: number
) => {
  const isEqual = records === manifest.records && contents === manifest.contents;
  if (isEqual) return { isRight: true, said: "Read back: the session holds the same as the archive." };
  const counts = `the session holds ${number(records)} datums, the archive ${number(manifest.records)}`;
  if (shared > 0 && records === manifest.records)
    return { isRight: true, said: `Read back: ${counts}; ids differ where they had to.` };
  if (!receipt.sessionOpened && records > manifest.records) {
    return {
      isRight: true,
      said: `Read back: ${counts}. The session held other data before; \`tideway download --app\` says what.`
    };
  }
  return { isRight: false, said: `Read back: ${counts}, and they are not the same.` };
};

/** Puts an archive into an account. */
export const restore = async (options: RestoreOptions, context: CommandContext): Promise<Outcome> => {
  const { output, signal, interactive } = context;
  const { folder, app } = options;
  const manifest = await checkedArchive(folder, signal);
  const shared = await sharedIds(folder, manifest);
  const preview = previewOf(folder, manifest, shared.size);
  const { records, contents } = manifest;
  if (options.dryRun) return { answer: preview, result: { folder, records, contents, dryRun: true } };
  const { server, transport, userId } = await connect(options, "upload", context);
  const isSame = server.key === manifest.server && userId === manifest.userId;
  if (isSame && !options.sameAccount) {
    throw usageError(
      "This archive came from this very account: whatever is still there would be there twice. Name another account, or add --same-account where the data was deleted."
    );
  }
  output.say(...preview);
  if (isProduction(server)) await confirmProduction(folder, server, options, context);
  else if (!options.yes) {
    if (!interactive) throw usageError("Add --yes to put this into the account.");
    const question = `Put ${counted(records, "record")} into the account ${userId} at ${server.key}?`;
    if (!(await confirm(question, signal))) throw new CommandError(exitCode.failure, "Nothing was sent.");
  }
  const client = openClient({ transport, userId, app, ledger: await openLedger(options.ledger, output) });
  const reasons = createReasons();
  const progress = createUploadProgress(
    output,
    { name: folder, size: undefined, paths: [], stream: () => process.stdin },
    () => 0
  );
  try {
    const { onOpen, onPage } = progress;
    const source = () => {
      onOpen();
      const pages = async function* () {
        for await (const page of restoredPages(folder, manifest, shared)) {
          onPage(page.length);
          yield page;
        }
      };
      return { pages: pages(), total: records };
    };
    const receipt = await client.upload(source, {
      signal,
      keepRejections: 0,
      onProgress: progress.onProgress,
      onRejected: (rejection) => reasons.add(rejection)
    });
    progress.end();
    output.say(...reasonLines(reasons.all()));
    const { isRight, said } = verdictOf(
      manifest,
      await readBack(transport, userId, receipt.sessionId, signal),
      receipt,
      shared.size
    );
    const { rejections: _none, ...told } = receipt;
    return {
      exitCode: isRight && receipt.rejected === 0 ? exitCode.success : exitCode.partial,
      answer: [...receiptLines(receipt), "", said],
      result: { ...told, folder, records, contents, isEqual: isRight, reasons: reasons.all() }
    };
  } catch (error) {
    progress.end();
    const soFar = stoppedSentence(progress.soFar(error));
    if (signal.aborted) throw new Interrupted(`Stopped: ${soFar}`, { cause: error });
    output.warn(`The restoring did not finish: ${soFar}`);
    throw error;
  }
};
