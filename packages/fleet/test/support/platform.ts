import type { Transport } from "@tideway/core";
import { createMemoryTransport, type MemoryCall, type MemoryTransport } from "@tideway/core/testing";
import type { DataSet } from "@tideway/schemas";

/** What happens to a call of a user before it has any effect. */
export type Fault = (userId: string, call: MemoryCall, signal: AbortSignal | undefined) => void | Promise<void>;

let made = 0;

/** A Tidepool in memory for many users: ids of sessions are unique across them, as on the platform. */
export const createPlatform = () => {
  const users = new Map<string, MemoryTransport>();
  const calls: Array<readonly [string, MemoryCall]> = [];
  // Core keeps a server's pauses by its name.
  const server = `memory:fleet-${++made}`;
  const platform = { fault: undefined as Fault | undefined };

  const memoryOf = (userId: string): MemoryTransport => {
    const known = users.get(userId);
    if (known) return known;
    const made = createMemoryTransport({
      server,
      before: async (call, signal) => {
        calls.push([userId, call]);
        await platform.fault?.(userId, call, signal);
      }
    });
    users.set(userId, made);
    return made;
  };

  const transport = (userId: string): Transport => {
    const memory = memoryOf(userId);
    const outward = (set: DataSet): DataSet => ({
      ...set,
      id: `${userId}/${set.id}`,
      uploadId: `${userId}/${set.uploadId}`
    });
    const inward = (id: string) => id.slice(userId.length + 1);
    return {
      server: memory.server,
      listDataSets: async (user, query, options) => (await memory.listDataSets(user, query, options)).map(outward),
      createDataSet: async (user, body, options) => outward(await memory.createDataSet(user, body, options)),
      deleteDataSet: (id, options) => memory.deleteDataSet(inward(id), options),
      postData: (id, body, options) => memory.postData(inward(id), body, options),
      deleteData: (id, selectors, options) => memory.deleteData(inward(id), selectors, options),
      readData: (user, query, options) =>
        memory.readData(
          user,
          query.uploadId === undefined ? query : { ...query, uploadId: inward(query.uploadId) },
          options
        )
    };
  };

  return Object.assign(platform, {
    transport,
    calls,
    /** Origin id and value of everything that the user's session holds. */
    stored: (userId: string): ReadonlyArray<readonly [string, unknown]> => {
      const memory = memoryOf(userId);
      const [session] = memory.dataSets;
      return (session ? memory.stored(session.id!) : [])
        .map((datum) => [(datum["origin"] as { id: string }).id, datum["value"]] as const)
        .sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }));
    }
  });
};
