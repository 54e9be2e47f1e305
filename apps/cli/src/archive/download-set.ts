import { type ArchiveWindow, monthOf, windowEnd, windowUpTo } from "./archive-window.ts";
import type { ArchivedFile, ArchivedSet } from "./manifest.ts";

/** How a data set is to be read into the archive. */
export interface SetJob {
  readonly set: ArchivedSet;
  /** What the archive has of it. */
  readonly files: ReadonlyArray<ArchivedFile>;
  /** What was read since then is good, RFC 3339: a download that was broken off goes on. */
  readonly goodSince: string | undefined;
  /** How long before it was read something may still have been coming in, in milliseconds. Infinite: everything is read again. */
  readonly overlap: number;
  readonly limits: { readonly from?: string; readonly to?: string };
  readonly now: number;
  readonly read: (window: ArchiveWindow) => Promise<ArchivedFile>;
  /** Told of the files as they are, after each that was read. */
  readonly onFiles: (files: ReadonlyArray<ArchivedFile>) => Promise<void>;
}

const isContinuous = ({ dataSetType }: ArchivedSet): boolean => dataSetType === "continuous";

/** Whether a file need not be read again. */
const isSettled = (file: ArchivedFile, { set, goodSince, overlap }: SetJob): boolean => {
  if (goodSince !== undefined && file.readAt >= goodSince) return true;
  const quietSince = Date.parse(file.readAt) - overlap;
  if (isContinuous(set)) return windowEnd(file) < quietSince;
  return set.isWhole && Date.parse(set.createdTime ?? "") < quietSince;
};

/**
 * Reads a data set month by month, from the newest to the oldest, except what is settled; one that is not continuous at once. After months
 * without data the stretches double, so that empty years cost a few requests. Resolves to all files of it.
 */
export const downloadSet = async (job: SetJob): Promise<ReadonlyArray<ArchivedFile>> => {
  const { set, limits, now, read, onFiles } = job;
  let files = job.files.filter((file) => isSettled(file, job));
  const add = async (window: ArchiveWindow): Promise<ArchivedFile> => {
    const file = await read(window);
    files = [...files, file];
    await onFiles(files);
    return file;
  };
  if (!isContinuous(set)) {
    if (files.length === 0) await add({});
    return files;
  }
  const oldest = limits.from === undefined ? 0 : monthOf(Date.parse(limits.from));
  /** The newest month that is not covered yet; undefined: nothing is. */
  let last: number | undefined = limits.to === undefined ? undefined : monthOf(Date.parse(limits.to));
  let months = 1;
  for (;;) {
    if (last !== undefined && last < oldest) break;
    const covering = files.find((file) => file.last === last);
    if (!covering) {
      const below = Math.max(
        -1,
        ...files
          .flatMap((file) => (file.last === undefined ? [] : [file.last]))
          .filter((month) => last === undefined || month < last)
      );
      const floor = Math.max(below + 1, oldest);
      const { records } = await add(windowUpTo(last, months, { now, floor }));
      months = records > 0 ? 1 : 2 * months;
      continue;
    }
    if (covering.first === undefined) break;
    last = covering.first - 1;
  }
  return files;
};
