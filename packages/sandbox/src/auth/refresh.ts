import type { Exchange } from "../exchange.ts";
import { jsonType, loginError } from "../http/answers.ts";
import { callerOfToken } from "./authenticate.ts";
import { hashToken } from "./hash-token.ts";
import { openSession } from "./session.ts";

const notFound = "No x-tidepool-session-token was found";

/** GET /auth/login: a session token in, a new one out. The old refresh part is spent; its access part lives on until it expires. */
export const refreshSession = async ({ request, platform, now }: Exchange): Promise<Response> => {
  const { store } = platform;
  const token = request.headers.get("x-tidepool-session-token");
  if (token === null || token === "") return loginError(401, notFound);
  const refresh = /^kc:[^:]+:([^:]+)$/.exec(token)?.[1];
  if (refresh === undefined) {
    const caller = await callerOfToken(token, { store, now, serviceSecret: undefined });
    if (caller === undefined) return new Response(null, { status: 401 });
    const body = caller.kind === "service" ? { isserver: true } : { isserver: false, userid: caller.userId };
    return new Response(JSON.stringify(body), {
      status: 200,
      headers: { "content-type": jsonType, "x-tidepool-session-token": token }
    });
  }
  const kept = store.getToken(await hashToken(refresh));
  const expired = kept?.expiresAt !== undefined && kept.expiresAt <= now;
  if (kept?.kind !== "refresh" || kept.userId === undefined || expired) return loginError(401, notFound);
  store.removeToken(kept.hash);
  const session = await openSession(platform, kept.userId, kept.family, request.headers.get("user-agent"));
  const body = { isserver: false, userid: kept.userId, expires_at: Math.floor(session.expiresAt / 1000) };
  return new Response(JSON.stringify(body), {
    status: 200,
    headers: { "content-type": jsonType, "x-tidepool-session-token": session.token }
  });
};
