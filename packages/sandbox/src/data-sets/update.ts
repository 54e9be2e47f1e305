import { type DataSetUpdate, checkDataSetUpdate, normalizeDataSetUpdate } from "@tideway/schemas";
import { writableDataSet } from "../data/writable-data-set.ts";
import { deduplicatorOf } from "../deduplicators/choose.ts";
import type { CallerExchange } from "../exchange.ts";
import { bareAnswer, bareError, wrappedError } from "../http/answers.ts";
import { bareProblems, wrappedProblems } from "../http/errors.ts";
import { isMalformed, problemsOf } from "../http/problems-of.ts";
import { decodeFirstJson } from "../json.ts";
import { serverTime } from "../server-time.ts";
import type { DataSetRecord } from "../store/store.ts";
import { wrappedDataSets } from "./answers.ts";

/** What is told of `null` as a body: an error without a code. */
const nothingToChange = { detail: "object is missing" };

/** Closes a data set: what its deduplicator does then, and all its data become visible. */
const close = ({ platform, now }: CallerExchange, dataSet: DataSetRecord): boolean => {
  const { store } = platform;
  // As there: the set is closed first, and stays so where the rest fails.
  store.updateDataSet(dataSet);
  const deduplicator = deduplicatorOf(dataSet);
  if (deduplicator === undefined) return false;
  store.transaction(() => {
    deduplicator.close?.(store, dataSet, now);
    if (dataSet.body["dataSetType"] === "continuous") return;
    store.activateDatums(dataSet.uploadId);
    store.updateDataSet({ ...dataSet, active: true });
  });
  return true;
};

/**
 * PUT /v1/data_sets/:id (or datasets/:id). A normal set is closed whatever the body says; a continuous one may be changed and
 * closed by a service only.
 */
export const updateDataSet = async (exchange: CallerExchange): Promise<Response> => {
  const { caller, trace, now, platform } = exchange;
  const dataSet = writableDataSet(exchange);
  if (dataSet instanceof Response) return dataSet;

  let change: Record<string, unknown> = { state: "closed" };
  if (dataSet.body["dataSetType"] === "continuous") {
    if (caller.kind !== "service") return wrappedError(wrappedProblems.unauthorized, trace, now);
    const decoded = decodeFirstJson(await exchange.body());
    if (decoded.empty) return bareError(400, bareProblems.jsonNotFound);
    if (decoded.ok && decoded.value === null) return bareAnswer(400, nothingToChange);
    if (!decoded.ok || typeof decoded.value !== "object" || Array.isArray(decoded.value)) {
      return bareError(400, bareProblems.jsonMalformed);
    }
    const check = checkDataSetUpdate(decoded.value);
    if (isMalformed(check)) return bareError(400, bareProblems.jsonMalformed);
    if (!check.ok) return bareError(400, problemsOf(check.issues));
    change = { ...normalizeDataSetUpdate(decoded.value as DataSetUpdate) };
  }

  const { state, ...members } = change;
  const body = { ...dataSet.body, ...members, modifiedTime: serverTime(now) };
  const changed = { ...dataSet, closed: state === "closed", revision: dataSet.revision + 1, body };
  if (state !== "closed") platform.store.updateDataSet(changed);
  else if (!close(exchange, changed)) return wrappedError(wrappedProblems.internal, trace, now);
  return wrappedDataSets(200, body, exchange);
};
