import type { Exchange } from "../exchange.ts";
import { hashToken } from "./hash-token.ts";

/** POST /auth/logout: ends the whole login the token came from; answers 200 whatever was sent. */
export const logOut = async ({ request, platform }: Exchange): Promise<Response> => {
  const token = request.headers.get("x-tidepool-session-token") ?? "";
  const access = /^kc:([^:]+):/.exec(token)?.[1] ?? token;
  const kept = platform.store.getToken(await hashToken(access));
  if (kept !== undefined) platform.store.removeTokenFamily(kept.family);
  return new Response(null, { status: 200 });
};
