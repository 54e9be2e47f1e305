import { callerOfToken } from "../auth/authenticate.ts";
import { hashToken } from "../auth/hash-token.ts";
import type { Exchange } from "../exchange.ts";
import { noStore, oauthError } from "./endpoints.ts";
import { authenticClient } from "./find-client.ts";

/** POST /realms/:realm/protocol/openid-connect/revoke: ends the login a token came from; an unknown token is no error. */
export const postRevoke = async (exchange: Exchange): Promise<Response> => {
  const { store } = exchange.platform;
  const form = new URLSearchParams(new TextDecoder().decode(await exchange.body()));
  const client = authenticClient(exchange, form);
  if (client === undefined) return oauthError(401, "invalid_client", "Invalid client or Invalid client credentials");
  const token = form.get("token") ?? form.get("refresh_token") ?? "";
  const kept = store.getToken(await hashToken(token));
  if (kept?.clientId === client.clientId) store.removeTokenFamily(kept.family);
  return new Response(null, { status: 200, headers: { "cache-control": "no-store" } });
};

/** GET /realms/:realm/protocol/openid-connect/userinfo: whose access token it is. */
export const getUserInfo = async ({ request, platform, now }: Exchange): Promise<Response> => {
  const [, token = ""] = /^Bearer\s+(\S+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
  const caller = await callerOfToken(token, { store: platform.store, now, serviceSecret: undefined });
  const user = caller?.kind === "user" ? platform.store.getUser(caller.userId) : undefined;
  if (user === undefined) return oauthError(401, "invalid_token", "Token verification failed");
  const { email, emailVerified } = user;
  const mail = email === undefined ? {} : { email, preferred_username: email, email_verified: emailVerified };
  return noStore(200, { sub: user.userId, ...mail });
};
