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

/** A Tidepool with an empty session that takes every datum and only shows it: so the engine itself tells what it would send. */
export const previewTransport = (
  appName: string,
  onDatum: (datum: Readonly<Record<string, unknown>>) => void
): Transport => ({
  server: "preview:",
  listDataSets: (_userId, { page = 0 }) =>
    Promise.resolve(page === 0 ? [{ ...session, client: { name: appName } }] : []),
  postData: (_dataSetId, body) => {
    const text = typeof body === "string" ? body : new TextDecoder().decode(body);
    for (const datum of JSON.parse(text) as ReadonlyArray<Record<string, unknown>>) onDatum(datum);
    return Promise.resolve();
  },
  createDataSet: refuse,
  deleteDataSet: refuse,
  deleteData: refuse,
  async *readData() {
    yield* [];
  }
});
