import type { Transport } from "@tideway/core";
import type { DataSet } from "@tideway/schemas";

/** The session id that a dry run shows. */
export const dryRunSession = "(dry run)";

const refuse = () => Promise.reject(new Error("A dry run changes nothing."));

/** A Tidepool that has an empty session, takes every chunk and keeps nothing: the whole upload without a server. */
export const dryRunTransport = (appName: string): Transport => {
  const session: DataSet = {
    id: dryRunSession,
    uploadId: dryRunSession,
    type: "upload",
    createdTime: "2000-01-01T00:00:00.000Z",
    dataSetType: "continuous",
    client: { name: appName },
    deduplicator: { name: "org.tidepool.deduplicator.dataset.delete.origin", version: "1.0.0" }
  };
  return {
    server: "dry-run:",
    listDataSets: (_userId, { page = 0 }) => Promise.resolve(page === 0 ? [session] : []),
    postData: () => Promise.resolve(),
    createDataSet: refuse,
    deleteDataSet: refuse,
    deleteData: refuse,
    async *readData() {
      yield* [];
    }
  };
};
