import { isRoot, may } from "../auth/caller.ts";
import { deduplicatorOf } from "../deduplicators/choose.ts";
import type { CallerExchange } from "../exchange.ts";
import { wrappedAnswer, wrappedError } from "../http/answers.ts";
import { wrappedProblems } from "../http/errors.ts";
import { serverTime } from "../server-time.ts";
import type { DataSetRecord } from "../store/store.ts";

const mayDelete = ({ caller }: CallerExchange, { userId, body }: DataSetRecord): boolean => {
  if (caller.kind === "service" || isRoot(caller, userId) || may(caller, userId, "custodian")) return true;
  return may(caller, userId, "upload") && body["byUser"] === caller.userId;
};

/** DELETE /v1/data_sets/:id (or datasets/:id): its data go for good, the set stays and gets a `deletedTime`. */
export const deleteDataSet = (exchange: CallerExchange): Response => {
  const { trace, now, params, platform } = exchange;
  const id = params["id"] ?? "";
  if (id === "") return wrappedError(wrappedProblems.dataSetIdMissing, trace, now);
  const { store } = platform;
  const dataSet = store.getDataSet(id);
  if (dataSet === undefined) return wrappedError(wrappedProblems.dataSetNotFound(id), trace, now);
  if (!mayDelete(exchange, dataSet)) return wrappedError(wrappedProblems.unauthorized, trace, now);
  const deletedTime = serverTime(now);
  store.transaction(() => {
    deduplicatorOf(dataSet)?.drop?.(store, dataSet);
    store.removeDatums(id);
    const body = { ...dataSet.body, deletedTime, modifiedTime: deletedTime };
    store.updateDataSet({ ...dataSet, deleted: true, revision: dataSet.revision + 1, body });
  });
  return wrappedAnswer(200, {}, trace, now);
};
