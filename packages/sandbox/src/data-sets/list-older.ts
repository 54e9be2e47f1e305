import { may } from "../auth/caller.ts";
import type { CallerExchange } from "../exchange.ts";
import { bareAnswer, bareError, wrappedError } from "../http/answers.ts";
import { wrappedProblems } from "../http/errors.ts";
import { wrappedDataSets } from "./answers.ts";
import { listed } from "./list.ts";
import { parseListQuery, unreadableQuery } from "./query.ts";

/** GET /v1/users/:userId/datasets: the older list, wrapped, without filters, for those who may view. */
export const listDataSetsOlder = (exchange: CallerExchange): Response => {
  const { caller, trace, now, params, query } = exchange;
  const userId = params["userId"] ?? "";
  if (userId === "") return wrappedError(wrappedProblems.userIdMissing, trace, now);
  if (!may(caller, userId, "view")) return wrappedError(wrappedProblems.unauthorized, trace, now);
  const parsed = parseListQuery(query, []);
  if (parsed.kind === "malformed") return bareAnswer(400, unreadableQuery);
  if (parsed.kind === "problems") return bareError(400, parsed.problems);
  const found = listed(exchange, userId, parsed.query);
  return found === undefined
    ? wrappedError(wrappedProblems.internal, trace, now)
    : wrappedDataSets(200, found, exchange);
};
