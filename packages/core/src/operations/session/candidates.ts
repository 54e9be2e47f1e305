import type { DataSet } from "@tideway/schemas";

/** The deduplicator that replaces by origin id: the one that makes uploading again harmless. */
export const deduplicator = "org.tidepool.deduplicator.dataset.delete.origin";

/** Whether a data set can be used as this app's session. Whether it is closed is not to be seen in it. */
export const isUsable = (dataSet: DataSet, appName: string): boolean =>
  dataSet.dataSetType === "continuous" &&
  dataSet.deduplicator?.name === deduplicator &&
  dataSet.client?.name === appName &&
  dataSet.deletedTime === undefined;

const order = (a: DataSet, b: DataSet): number => {
  const [x, y] = [a.createdTime ?? "", b.createdTime ?? ""];
  const [s, t] = [Date.parse(x), Date.parse(y)];
  if (s !== t && !Number.isNaN(s) && !Number.isNaN(t)) return s - t;
  return a.uploadId < b.uploadId ? -1 : a.uploadId > b.uploadId ? 1 : 0;
};

/**
 * Usable sessions, the one to use first: the oldest, then the one with the smallest id. A session that is opened later
 * never changes the winner, so everybody who looks agrees.
 */
export const ranked = (
  dataSets: ReadonlyArray<DataSet>,
  appName: string,
  without: ReadonlySet<string> = new Set()
): ReadonlyArray<DataSet> =>
  dataSets.filter((dataSet) => isUsable(dataSet, appName) && !without.has(dataSet.uploadId)).sort(order);
