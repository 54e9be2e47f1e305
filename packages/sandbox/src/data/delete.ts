import { depthWithin } from "@tideway/schemas";
import { deduplicatorOf } from "../deduplicators/choose.ts";
import type { CallerExchange } from "../exchange.ts";
import { wrappedAnswer, wrappedError } from "../http/answers.ts";
import { wrappedProblems } from "../http/errors.ts";
import { decodeFirstJson } from "../json.ts";
import { parseSelectors } from "./selectors.ts";
import { writableDataSet } from "./writable-data-set.ts";

/** Levels that JSON may have on the platform. */
const deepest = 10_000;

/** DELETE /v1/data_sets/:id/data: by selectors; whatever is wrong with them is a 500. */
export const deleteData = async (exchange: CallerExchange): Promise<Response> => {
  const { trace, now, platform } = exchange;
  const dataSet = writableDataSet(exchange);
  if (dataSet instanceof Response) return dataSet;
  const decoded = decodeFirstJson(await exchange.body());
  const selection = decoded.ok && depthWithin(decoded.value, deepest) ? parseSelectors(decoded.value) : undefined;
  const deduplicator = deduplicatorOf(dataSet);
  if (selection === undefined || deduplicator === undefined) return wrappedError(wrappedProblems.internal, trace, now);
  platform.store.transaction(() => deduplicator.remove(platform.store, dataSet, selection));
  return wrappedAnswer(200, [], trace, now);
};
