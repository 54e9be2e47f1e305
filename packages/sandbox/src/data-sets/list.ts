import { may } from "../auth/caller.ts";
import type { CallerExchange } from "../exchange.ts";
import { bareAnswer, bareError } from "../http/answers.ts";
import { bareProblems } from "../http/errors.ts";
import type { DataSetRecord } from "../store/store.ts";
import { bareDataSets } from "./answers.ts";
import { parseListQuery, unreadableQuery, type ListQuery } from "./query.ts";

/**
 * The listed data sets of a user, newest first; closed ones among them, and nothing tells which those are. Undefined where the
 * database refuses the query.
 */
export const listed = (
  { platform }: CallerExchange,
  userId: string,
  query: ListQuery
): ReadonlyArray<DataSetRecord["body"]> | undefined => {
  const { clientName, deviceId, deleted, offset, size } = query;
  if (offset < 0) return undefined;
  const listing = {
    userId,
    clientName,
    deviceId,
    deleted,
    offset,
    limit: size
  };
  return platform.store.listDataSets(listing).map((dataSet) => dataSet.body);
};

/** GET /v1/users/:userId/data_sets: the session finder. */
export const listDataSets = (exchange: CallerExchange): Response => {
  const userId = exchange.params["userId"] ?? "";
  if (userId === "") return bareError(400, bareProblems.parameterMissing("userId"));
  if (!may(exchange.caller, userId, "custodian", "upload", "view")) return bareError(403, bareProblems.unauthorized);
  const parsed = parseListQuery(exchange.query, ["client.name", "deviceId"]);
  if (parsed.kind === "malformed") return bareAnswer(400, unreadableQuery);
  if (parsed.kind === "problems") return bareError(400, parsed.problems);
  const found = listed(exchange, userId, parsed.query);
  return found === undefined ? bareError(500, bareProblems.internal) : bareDataSets(found);
};
