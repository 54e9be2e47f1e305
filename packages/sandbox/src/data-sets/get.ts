import type { CallerExchange } from "../exchange.ts";
import { bareError } from "../http/answers.ts";
import { bareProblems } from "../http/errors.ts";
import { bareDataSets } from "./answers.ts";

/** GET /v1/data_sets/:id: for its own user and services only; deleted ones too. */
export const getDataSet = ({ caller, params, platform }: CallerExchange): Response => {
  const id = params["id"] ?? "";
  if (id === "") return bareError(400, bareProblems.parameterMissing("id"));
  const dataSet = platform.store.getDataSet(id);
  if (dataSet === undefined) return bareError(404, bareProblems.notFound(id));
  const own = caller.kind === "service" || caller.userId === dataSet.userId;
  return own ? bareDataSets(dataSet.body) : bareError(403, bareProblems.unauthorized);
};
