import { createHash } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isServerFailed, isThrottled, isUnanswered, isUnreachable, type Transport } from "@tideway/core";
import type { TidepoolRecord } from "@tideway/sources";
import { makePrivateFolder } from "@tideway/transport/node";
import { type ArchiveWindow, windowName, windowQuery } from "./archive-window.ts";
import { ContentsHash } from "./contents-hash.ts";
import type { ArchivedFile } from "./manifest.ts";

/** What a window is read from and written to. */
export interface WindowJob {
  readonly transport: Transport;
  readonly userId: string;
  readonly folder: string;
  readonly dataSet: string;
  readonly window: ArchiveWindow;
  /** RFC 3339: what else limits it. */
  readonly limits: { readonly from?: string; readonly to?: string };
  readonly signal: AbortSignal;
  readonly onRecords: (count: number) => void;
  readonly onWait: (reason: string, milliseconds: number) => void;
}

/** So much is gathered before it is written. */
const block = 262_144;
const attempts = 8;

const isTemporary = (error: unknown) =>
  isUnreachable(error) || isUnanswered(error) || isThrottled(error) || isServerFailed(error);

const latest = (...times: ReadonlyArray<string | undefined>) =>
  times
    .filter((time) => time !== undefined)
    .sort()
    .at(-1);
const earliest = (...times: ReadonlyArray<string | undefined>) => times.filter((time) => time !== undefined).sort()[0];

/** Only what stands for itself in a file name. */
export const folderOf = (dataSet: string): string =>
  /^[\w-]{1,100}$/u.test(dataSet) ? dataSet : createHash("sha256").update(dataSet).digest("hex").slice(0, 32);

const queryOf = ({ dataSet, window, limits }: WindowJob) => {
  const { startDate, endDate } = windowQuery(window);
  const from = latest(startDate, limits.from);
  const to = earliest(endDate, limits.to);
  return {
    uploadId: dataSet,
    ...(from === undefined ? {} : { startDate: from }),
    ...(to === undefined ? {} : { endDate: to })
  };
};

/** Reads a window once, into a file beside the one that it becomes when all of it is there. */
const readOnce = async (job: WindowJob, draft: string): Promise<Omit<ArchivedFile, "path" | "dataSet" | "readAt">> => {
  const { transport, userId, signal, onRecords } = job;
  const file = await open(draft, "w", 0o600);
  try {
    const hash = createHash("sha256");
    const contents = new ContentsHash();
    let gathered: Array<string> = [];
    let length = 0;
    let [records, bytes] = [0, 0];
    let [from, to]: ReadonlyArray<string | undefined> = [];
    const flush = async () => {
      const piece = Buffer.from(gathered.join(""));
      gathered = [];
      length = 0;
      hash.update(piece);
      bytes += piece.length;
      await file.write(piece);
    };
    for await (const datum of transport.readData(userId, queryOf(job), { signal })) {
      const record = datum as unknown as TidepoolRecord;
      if (record["type"] === "upload") continue;
      const line = `${JSON.stringify(record)}\n`;
      gathered.push(line);
      length += line.length;
      records++;
      contents.add(record);
      const { time } = record;
      if (typeof time === "string") {
        if (from === undefined || time < from) from = time;
        if (to === undefined || time > to) to = time;
      }
      if (length < block) continue;
      await flush();
      onRecords(records);
    }
    await flush();
    await file.sync();
    onRecords(records);
    const { first, last } = job.window;
    return {
      ...(first === undefined ? {} : { first }),
      ...(last === undefined ? {} : { last }),
      records,
      bytes,
      sha256: hash.digest("hex"),
      contents: String(contents),
      ...(from === undefined || to === undefined ? {} : { from, to })
    };
  } finally {
    await file.close();
  }
};

const waitAfter = (attempt: number, error: unknown): number =>
  Math.max(
    isThrottled(error) ? (error.retryAfter ?? 0) : 0,
    (0.5 + Math.random() / 2) * Math.min(30_000, 1000 * 2 ** attempt)
  );

/** Reads the records of a data set in one stretch of time into a file of the archive, whole or not at all; once more where the server failed. */
export const downloadWindow = async (job: WindowJob): Promise<ArchivedFile> => {
  const { folder, dataSet, window, signal, onRecords, onWait } = job;
  const path = `data/${folderOf(dataSet)}/${windowName(window)}.ndjson`;
  await makePrivateFolder(join(folder, "data", folderOf(dataSet)));
  const draft = join(folder, `${path}.part`);
  for (let attempt = 0; ; attempt++) {
    const readAt = new Date().toISOString();
    try {
      const read = await readOnce(job, draft);
      if (read.records > 0) await rename(draft, join(folder, path));
      else await Promise.all([draft, join(folder, path)].map((each) => rm(each, { force: true })));
      return { path: read.records > 0 ? path : "", dataSet, ...read, readAt };
    } catch (error) {
      onRecords(0);
      if (signal.aborted || !isTemporary(error) || attempt + 1 >= attempts) {
        await rm(draft, { force: true });
        throw error;
      }
      const wait = waitAfter(attempt, error);
      onWait((error as Error).message, wait);
      await sleep(wait, undefined, { signal });
    }
  }
};
