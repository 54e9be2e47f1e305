import { createReadStream } from "node:fs";
import { join } from "node:path";
import type { TidepoolRecord } from "@tideway/sources";
import type { ArchivedFile, Manifest } from "./manifest.ts";

/** The files of a data set that hold something, from the oldest to the newest. */
export const filesOf = ({ files }: Pick<Manifest, "files">, dataSet: string): ReadonlyArray<ArchivedFile> =>
  files
    .filter((file) => file.dataSet === dataSet && file.path !== "")
    .toSorted((a, b) => (a.first ?? -1) - (b.first ?? -1));

/** Data sets that are still in the account, those with data. */
export const presentSets = ({ dataSets, files }: Manifest): ReadonlyArray<string> =>
  dataSets
    .filter(({ isGone, uploadId }) => !isGone && files.some(({ dataSet, path }) => dataSet === uploadId && path !== ""))
    .map(({ uploadId }) => uploadId);

/** The bytes of a data set, one file after another. */
export const bytesOf = async function* (
  folder: string,
  files: ReadonlyArray<ArchivedFile>
): AsyncGenerator<Uint8Array> {
  for (const { path } of files) yield* createReadStream(join(folder, path)) as AsyncIterable<Uint8Array>;
};

const newline = 0x0a;

/** The records of files, one by one. */
export const recordsOf = async function* (
  folder: string,
  files: ReadonlyArray<ArchivedFile>
): AsyncGenerator<TidepoolRecord> {
  let rest = Buffer.alloc(0);
  for await (const piece of bytesOf(folder, files)) {
    const whole = Buffer.concat([rest, piece]);
    let from = 0;
    for (let end = whole.indexOf(newline); end >= 0; end = whole.indexOf(newline, from)) {
      yield JSON.parse(whole.toString("utf8", from, end)) as TidepoolRecord;
      from = end + 1;
    }
    rest = whole.subarray(from);
  }
};

/** All records of an archive, of data sets that are still in the account. */
export const allRecords = async function* (folder: string, manifest: Manifest): AsyncGenerator<TidepoolRecord> {
  for (const dataSet of presentSets(manifest)) yield* recordsOf(folder, filesOf(manifest, dataSet));
};
