import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Transport } from "@tideway/core";
import { makePrivateFolder } from "@tideway/transport/node";
import { CommandError, usageError } from "../lifecycle/command-error.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import { checkFile } from "./check-file.ts";
import { ContentsHash } from "./contents-hash.ts";
import { downloadSet } from "./download-set.ts";
import { downloadWindow } from "./download-window.ts";
import { listDataSets } from "./list-data-sets.ts";
import { readManifest, writeManifest } from "./manifest-file.ts";
import type { ArchivedFile, ArchivedSet, Manifest } from "./manifest.ts";

/** What is downloaded, from where, into which folder. */
export interface DownloadJob {
  readonly folder: string;
  readonly transport: Transport;
  readonly userId: string;
  readonly server: string;
  readonly tool: string;
  readonly limits: Manifest["limits"];
  /** In milliseconds; infinite: everything is read again. */
  readonly overlap: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: {
    readonly records: number;
    readonly set: ArchivedSet;
    readonly month: string | undefined;
  }) => void;
  readonly onWait: (reason: string, milliseconds: number) => void;
}

/** What a download did. */
export interface Downloaded {
  readonly manifest: Manifest;
  /** Records that were read this time. */
  readonly read: number;
}

/** Between two times that the manifest is written while many small data sets are read, in milliseconds. */
const writeEvery = 2000;

const sameText = (a: object, b: object) =>
  JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

const refuseOther = (before: Manifest, { server, userId, limits, folder }: DownloadJob): void => {
  if (before.server !== server || before.userId !== userId) {
    throw usageError(
      `${folder} is an archive of another account (${before.userId} at ${before.server}): name another folder.`
    );
  }
  if (!sameText(before.limits, limits)) {
    throw usageError(
      `${folder} was downloaded with other limits (--from, --to, --app): give the same, or name another folder.`
    );
  }
};

/** An empty folder, or an archive: nothing else is written into. */
const refuseForeign = async (folder: string): Promise<void> => {
  const found = await readdir(folder).catch(() => []);
  if (found.some((name) => !name.startsWith("."))) {
    throw usageError(`${folder} is not empty, and no archive: name a folder of its own.`);
  }
};

/** What all files of data sets that are not gone hold together. */
export const summaryOf = (sets: ReadonlyArray<ArchivedSet>, files: ReadonlyArray<ArchivedFile>) => {
  const present = new Set(sets.filter(({ isGone }) => !isGone).map(({ uploadId }) => uploadId));
  const contents = new ContentsHash();
  let records = 0;
  let [from, to]: ReadonlyArray<string | undefined> = [];
  for (const file of files) {
    if (!present.has(file.dataSet)) continue;
    records += file.records;
    contents.join(file.contents);
    if (file.from !== undefined && (from === undefined || file.from < from)) from = file.from;
    if (file.to !== undefined && (to === undefined || file.to > to)) to = file.to;
  }
  return { records, contents: String(contents), ...(from === undefined || to === undefined ? {} : { from, to }) };
};

const removeStale = async (folder: string, files: ReadonlyArray<ArchivedFile>): Promise<void> => {
  const listed = new Set(files.map(({ path }) => path));
  const found = await readdir(join(folder, "data"), { recursive: true }).catch(() => []);
  for (const each of found) {
    const path = `data/${each.replaceAll("\\", "/")}`;
    if (/\.ndjson(?:\.part)?$/u.test(path) && !listed.has(path)) await rm(join(folder, path), { force: true });
  }
};

/**
 * Reads everything of an account into a folder: each data set in files of a month, with a manifest of counts and hashes. One that was broken
 * off goes on; of one that is there already only what may have changed is read again. What was written is read again and checked.
 */
export const downloadArchive = async (job: DownloadJob): Promise<Downloaded> => {
  const { folder, transport, userId, signal, limits, overlap, tool, server, onProgress, onWait } = job;
  const before = await readManifest(folder);
  if (before) refuseOther(before, job);
  else await refuseForeign(folder);
  await makePrivateFolder(folder);
  const now = Date.now();
  const isBrokenOff = before !== undefined && before.endedAt === undefined;
  const beganAt = isBrokenOff ? before.beganAt : new Date(now).toISOString();
  const listed = await listDataSets(transport, userId, limits.app, signal);
  const known = new Map(before?.dataSets.map((set) => [set.uploadId, set]));
  const sets = new Map<string, ArchivedSet>();
  for (const set of known.values()) sets.set(set.uploadId, { ...set, isGone: true });
  for (const set of listed) sets.set(set.uploadId, { ...set, isWhole: known.get(set.uploadId)?.isWhole ?? false });
  const files = new Map<string, ReadonlyArray<ArchivedFile>>();
  for (const file of before?.files ?? []) files.set(file.dataSet, [...(files.get(file.dataSet) ?? []), file]);

  const manifestNow = (endedAt?: string): Manifest => {
    const [all, every] = [[...sets.values()], [...files.values()].flat()];
    return {
      format: "tideway-archive",
      version: 1,
      tool,
      server,
      userId,
      limits,
      beganAt,
      ...(endedAt === undefined ? {} : { endedAt }),
      ...summaryOf(all, every),
      dataSets: all,
      files: every
    };
  };
  let written = 0;
  const save = async (isUrgent: boolean) => {
    if (!isUrgent && Date.now() - written < writeEvery) return;
    await writeManifest(folder, manifestNow());
    written = Date.now();
  };

  let read = 0;
  const fresh: Array<ArchivedFile> = [];
  try {
    await save(true);
    for (const set of sets.values()) {
      if (set.isGone) continue;
      const all = await downloadSet({
        set,
        files: files.get(set.uploadId) ?? [],
        goodSince: isBrokenOff ? beganAt : undefined,
        overlap,
        limits,
        now,
        read: async (window) => {
          const soFar = read;
          const onRecords = (count: number) => onProgress({ records: soFar + count, set, month: undefined });
          const file = await downloadWindow({
            transport,
            userId,
            folder,
            dataSet: set.uploadId,
            window,
            limits,
            signal,
            onRecords,
            onWait
          });
          read += file.records;
          fresh.push(file);
          onProgress({ records: read, set, month: file.from?.slice(0, 7) });
          return file;
        },
        onFiles: async (now) => {
          files.set(set.uploadId, now);
          await save(false);
        }
      });
      files.set(set.uploadId, all);
      sets.set(set.uploadId, { ...set, isWhole: true });
      await save(false);
    }
  } catch (error) {
    await writeManifest(folder, manifestNow());
    throw error;
  }
  for (const file of fresh) {
    signal.throwIfAborted();
    const fault = await checkFile(folder, file);
    if (fault)
      throw new CommandError(exitCode.failure, `${fault} The disk may be failing: download again into another folder.`);
  }
  const manifest = manifestNow(new Date().toISOString());
  await writeManifest(folder, manifest);
  await removeStale(folder, manifest.files);
  return { manifest, read };
};
