import { checkDataSetCreate, normalizeDataSetCreate, type DataSetCreate } from "@tideway/schemas";
import { may, type Caller } from "../auth/caller.ts";
import { chooseDeduplicator } from "../deduplicators/choose.ts";
import type { CallerExchange } from "../exchange.ts";
import { bareError, wrappedError } from "../http/answers.ts";
import { wrappedProblems } from "../http/errors.ts";
import { isMalformed, problemsOf } from "../http/problems-of.ts";
import { decodeJson } from "../json.ts";
import { serverTime } from "../server-time.ts";
import type { DataSetRecord } from "../store/store.ts";
import { wrappedDataSets } from "./answers.ts";

const usableId = /^(upid_[0-9a-f]{12}|upid_[0-9a-f]{32}|[0-9a-f]{32})$/;

const bodyOf = (sent: DataSetCreate, caller: Caller, now: number, newId: () => string): DataSetRecord["body"] => {
  const time = serverTime(now);
  const { deduplicator, createdUserId, byUser: _byUser, ...rest } = normalizeDataSetCreate(sent, { newId, now: time });
  const name = deduplicator?.name;
  const creator = caller.kind === "user" ? caller.userId : createdUserId;
  return {
    ...rest,
    createdTime: time,
    modifiedTime: time,
    ...(creator === undefined ? {} : { createdUserId: creator, byUser: creator }),
    ...(name === undefined ? {} : { deduplicator: { name } })
  };
};

/** POST /v1/users/:userId/data_sets: stored first, then given its deduplicator; where none is found the document stays behind. */
export const createDataSet = async (exchange: CallerExchange): Promise<Response> => {
  const { caller, trace, now, params, platform } = exchange;
  const userId = params["userId"] ?? "";
  if (userId === "") return wrappedError(wrappedProblems.userIdMissing, trace, now);
  if (!may(caller, userId, "upload")) return wrappedError(wrappedProblems.unauthorized, trace, now);

  const decoded = decodeJson(await exchange.body());
  if (decoded.ok && decoded.value === null) return wrappedError(wrappedProblems.internal, trace, now);
  if (!decoded.ok || typeof decoded.value !== "object" || Array.isArray(decoded.value)) {
    return wrappedError(wrappedProblems.jsonMalformed, trace, now);
  }
  const check = checkDataSetCreate(decoded.value);
  if (isMalformed(check)) return wrappedError(wrappedProblems.jsonMalformed, trace, now);
  if (!check.ok) return bareError(400, problemsOf(check.issues));

  const body = bodyOf(decoded.value as DataSetCreate, caller, now, platform.newId);
  const uploadId = String(body["uploadId"]);
  const inserted: DataSetRecord = {
    uploadId,
    userId,
    active: false,
    closed: false,
    createdTime: now,
    deleted: body["deletedTime"] !== undefined,
    revision: 0,
    body
  };
  if (uploadId === "" || !platform.store.insertDataSet(inserted)) {
    return wrappedError(wrappedProblems.internal, trace, now);
  }
  const deduplicator = chooseDeduplicator(body);
  if (deduplicator === undefined || !usableId.test(uploadId)) return wrappedError(wrappedProblems.internal, trace, now);

  const { name, version } = deduplicator;
  const opened = { ...body, deduplicator: { name, version }, modifiedTime: serverTime(platform.now()) };
  platform.store.updateDataSet({
    ...inserted,
    active: body["dataSetType"] === "continuous",
    revision: 1,
    body: opened
  });
  return wrappedDataSets(201, opened, exchange);
};
