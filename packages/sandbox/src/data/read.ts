import { callerOfRestricted, callerOfToken } from "../auth/authenticate.ts";
import { may } from "../auth/caller.ts";
import type { Exchange } from "../exchange.ts";
import { jsonType, readerError } from "../http/answers.ts";
import { matching } from "./matching.ts";
import { parseReadQuery } from "./read-query.ts";
import { streamRecords } from "./stream-records.ts";

/** GET /data/:userId: what a reader sees, streamed, in no promised order. Speaks neither 401 nor `Authorization: Bearer`. */
export const readData = async ({ request, url, path, params, platform, now }: Exchange): Promise<Response> => {
  const userId = params["userId"] ?? "";
  const id = platform.newId();
  const uuid = id.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  const query = parseReadQuery(url.searchParams);
  if (query === undefined) {
    return readerError(500, uuid, "invalid_parameters", "one or more parameters are invalid");
  }
  const check = { store: platform.store, now, serviceSecret: undefined };
  const token = request.headers.get("x-tidepool-session-token");
  const caller =
    token === null
      ? await callerOfRestricted(url.searchParams.get("restricted_token") ?? undefined, path, check)
      : await callerOfToken(token, check);
  if (caller === undefined || !may(caller, userId, "view")) {
    return readerError(403, uuid, "data_cant_view", "user is not authorized to view data");
  }
  const records = matching(platform.store, userId, query);
  return new Response(streamRecords(records), { status: 200, headers: { "content-type": jsonType } });
};
