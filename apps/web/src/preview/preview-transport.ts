import type { Transport } from "@tideway/core";
import type { DataSet } from "@tideway/schemas";

const session: DataSet = {
  id: "preview",
  uploadId: "preview",
  type: "upload",
  createdTime: "2000-01-01T00:00:00.000Z",
  dataSetType: "continuous",
  deduplicator: { name: "org.tidepool.deduplicator.dataset.delete.origin", version: "1.0.0" }
};

const refuse = () => Promise.reject(new Error("A preview changes nothing."));
const decoder = new TextDecoder();

/** A Tidepool with an empty session that takes every chunk and only shows it: so the engine itself tells what it would send. */
export const previewTransport = (appName: string, onChunk: (body: string) => void): Transport => ({
  server: "preview:",
  listDataSets: (_userId, { page = 0 }) =>
    Promise.resolve(page === 0 ? [{ ...session, client: { name: appName } }] : []),
  postData: (_dataSetId, body) => {
    onChunk(typeof body === "string" ? body : decoder.decode(body));
    return Promise.resolve();
  },
  createDataSet: refuse,
  deleteDataSet: refuse,
  deleteData: refuse,
  async *readData() {
    yield* [];
  }
});
