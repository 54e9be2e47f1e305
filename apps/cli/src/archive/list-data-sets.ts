import type { Transport } from "@tideway/core";
import type { ArchivedSet } from "./manifest.ts";

const size = 1000;

/** Every data set of an account that is not deleted, or those of one app: all pages, each once. */
export const listDataSets = async (
  transport: Transport,
  userId: string,
  app: string | undefined,
  signal: AbortSignal
): Promise<ReadonlyArray<Omit<ArchivedSet, "isWhole">>> => {
  const found = new Map<string, Omit<ArchivedSet, "isWhole">>();
  for (let page = 0; ; page++) {
    const query = { page, size, ...(app === undefined ? {} : { appName: app }) };
    const listed = await transport.listDataSets(userId, query, { signal });
    const before = found.size;
    for (const { uploadId, client, createdTime, dataSetType, deletedTime } of listed) {
      if (deletedTime !== undefined) continue;
      found.set(uploadId, {
        uploadId,
        ...(client?.name === undefined ? {} : { appName: client.name }),
        ...(createdTime === undefined ? {} : { createdTime }),
        ...(dataSetType === undefined ? {} : { dataSetType }),
        isGone: false
      });
    }
    // The second: a server that gave the same page again and again would never end.
    if (listed.length < size || found.size === before) return [...found.values()];
  }
};
