import { hashToken } from "../auth/hash-token.ts";
import type { Exchange } from "../exchange.ts";
import type { TokenRecord } from "../store/token-record.ts";
import { issuerOf, noStore } from "./endpoints.ts";
import { base64Url, signToken } from "./json-web-token.ts";

/** Whom tokens are made for. */
export interface Grant {
  readonly clientId: string;
  readonly scope: string;
  readonly family: string;
  /** Absent for a service. */
  readonly userId?: string | undefined;
  readonly authTime?: number | undefined;
  readonly nonce?: string | undefined;
}

const userClaims = ({ platform }: Exchange, userId: string): Record<string, unknown> => {
  const user = platform.store.getUser(userId);
  if (user === undefined) return { sub: userId };
  const { email, emailVerified, profile } = user;
  const name = profile["fullName"];
  return {
    sub: userId,
    ...(email === undefined ? {} : { email, preferred_username: email, email_verified: emailVerified }),
    ...(typeof name === "string" ? { name } : {})
  };
};

/** The answer to a granted token request: an access token, and for users a refresh token and an ID token. */
export const issueTokens = async (exchange: Exchange, grant: Grant): Promise<Response> => {
  const { platform } = exchange;
  const { store, runtime, sessionLifetime, refreshLifetime } = platform;
  const { clientId, scope, family, userId } = grant;
  const now = platform.now();
  const seconds = Math.floor(now / 1000);
  const common = {
    iss: issuerOf(exchange),
    iat: seconds,
    exp: seconds + Math.floor(sessionLifetime / 1000),
    azp: clientId,
    sid: family
  };
  const who = userId === undefined ? { sub: clientId } : userClaims(exchange, userId);
  const access = await signToken(store, { ...common, ...who, typ: "Bearer", jti: platform.newId(), scope });
  const owner = userId === undefined ? { service: true } : { service: false, userId };
  const base = { ...owner, family, clientId, scope };
  const kept: Array<TokenRecord> = [
    { ...base, kind: "access", hash: await hashToken(access), expiresAt: now + sessionLifetime }
  ];
  const answer: Record<string, unknown> = {
    access_token: access,
    token_type: "Bearer",
    expires_in: Math.floor(sessionLifetime / 1000),
    scope
  };
  if (userId !== undefined) {
    const refresh = base64Url(runtime.randomBytes(48));
    kept.push({ ...base, kind: "refresh", hash: await hashToken(refresh), expiresAt: now + refreshLifetime });
    answer["refresh_token"] = refresh;
    answer["refresh_expires_in"] = Math.floor(refreshLifetime / 1000);
    if (scope.split(" ").includes("openid")) {
      const { nonce, authTime } = grant;
      const more = {
        ...(nonce === undefined ? {} : { nonce }),
        ...(authTime === undefined ? {} : { auth_time: authTime })
      };
      answer["id_token"] = await signToken(store, { ...common, ...who, ...more, typ: "ID", aud: clientId });
    }
  }
  store.transaction(() => kept.forEach((token) => store.putToken(token)));
  return noStore(200, answer);
};
