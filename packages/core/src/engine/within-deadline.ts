import type { CallOptions, Transport } from "../contract/transport.ts";

/** The transport with a deadline for each of its calls, in milliseconds; as it is where there is none. */
export const withinDeadline = (transport: Transport, deadline: number | undefined): Transport => {
  if (deadline === undefined) return transport;
  const within = (options?: CallOptions): CallOptions => ({ ...options, deadline });
  return {
    server: transport.server,
    listDataSets: (userId, query, options) => transport.listDataSets(userId, query, within(options)),
    createDataSet: (userId, body, options) => transport.createDataSet(userId, body, within(options)),
    deleteDataSet: (dataSetId, options) => transport.deleteDataSet(dataSetId, within(options)),
    postData: (dataSetId, body, options) => transport.postData(dataSetId, body, within(options)),
    deleteData: (dataSetId, selectors, options) => transport.deleteData(dataSetId, selectors, within(options)),
    readData: (userId, query, options) => transport.readData(userId, query, within(options))
  };
};
