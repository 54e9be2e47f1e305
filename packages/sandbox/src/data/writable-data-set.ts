import { may } from "../auth/caller.ts";
import type { CallerExchange } from "../exchange.ts";
import { wrappedError } from "../http/answers.ts";
import { wrappedProblems } from "../http/errors.ts";
import type { DataSetRecord } from "../store/store.ts";

/** The data set of the path, or why it may not be written to: unknown is told before forbidden, forbidden before closed. */
export const writableDataSet = ({ caller, params, platform, trace, now }: CallerExchange): DataSetRecord | Response => {
  const id = params["id"] ?? "";
  if (id === "") return wrappedError(wrappedProblems.dataSetIdMissing, trace, now);
  const dataSet = platform.store.getDataSet(id);
  if (dataSet === undefined) return wrappedError(wrappedProblems.dataSetNotFound(id), trace, now);
  if (!may(caller, dataSet.userId, "upload")) return wrappedError(wrappedProblems.unauthorized, trace, now);
  if (dataSet.closed) return wrappedError(wrappedProblems.dataSetClosed(id), trace, now);
  return dataSet;
};
