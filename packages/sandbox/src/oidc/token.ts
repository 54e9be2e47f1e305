import { userOfPassword } from "../auth/check-password.ts";
import { hashToken } from "../auth/hash-token.ts";
import type { Exchange } from "../exchange.ts";
import type { TokenRecord } from "../store/token-record.ts";
import type { OidcClient } from "./client.ts";
import { oauthError } from "./endpoints.ts";
import { authenticClient } from "./find-client.ts";
import { issueTokens } from "./issue.ts";
import { base64Url } from "./json-web-token.ts";

const encoder = new TextEncoder();

const invalidGrant = (why: string) => oauthError(400, "invalid_grant", why);

const keptToken = async ({ platform }: Exchange, token: string | null): Promise<TokenRecord | undefined> =>
  token === null || token === "" ? undefined : platform.store.getToken(await hashToken(token));

/** Marks a token as used: shown once more, it takes its whole family with it. */
const spend = ({ platform }: Exchange, token: TokenRecord): void => {
  platform.store.putToken({ ...token, kind: "spent" });
};

const isLive = ({ platform }: Exchange, token: TokenRecord, client: OidcClient): boolean =>
  token.clientId === client.clientId && (token.expiresAt === undefined || token.expiresAt > platform.now());

const byCode = async (exchange: Exchange, client: OidcClient, form: URLSearchParams): Promise<Response> => {
  const kept = await keptToken(exchange, form.get("code"));
  if (kept?.kind === "spent") {
    exchange.platform.store.removeTokenFamily(kept.family);
    return invalidGrant("Code already used");
  }
  if (kept?.kind !== "code" || !isLive(exchange, kept, client)) return invalidGrant("Code not valid");
  spend(exchange, kept);
  const { redirectUri, challenge, nonce, authTime } = kept.grant ?? {};
  if (form.get("redirect_uri") !== redirectUri) return invalidGrant("Incorrect redirect_uri");
  const verifier = form.get("code_verifier") ?? "";
  const digest = await crypto.subtle.digest("SHA-256", encoder.encode(verifier));
  if (base64Url(new Uint8Array(digest)) !== challenge) return invalidGrant("PKCE verification failed");
  const { family, userId, scope = "openid" } = kept;
  const { clientId } = client;
  return issueTokens(exchange, { clientId, scope, family, userId, nonce, authTime: Number(authTime) });
};

const byRefreshToken = async (exchange: Exchange, client: OidcClient, form: URLSearchParams): Promise<Response> => {
  const kept = await keptToken(exchange, form.get("refresh_token"));
  if (kept?.kind === "spent") {
    exchange.platform.store.removeTokenFamily(kept.family);
    return invalidGrant("Maximum allowed refresh token reuse exceeded");
  }
  if (kept?.kind !== "refresh" || !isLive(exchange, kept, client)) return invalidGrant("Invalid refresh token");
  spend(exchange, kept);
  const { family, userId, scope = "openid" } = kept;
  return issueTokens(exchange, { clientId: client.clientId, scope, family, userId });
};

const byPassword = async (exchange: Exchange, client: OidcClient, form: URLSearchParams): Promise<Response> => {
  const user = await userOfPassword(exchange.platform, form.get("username") ?? "", form.get("password") ?? "");
  if (user === undefined) return oauthError(401, "invalid_grant", "Invalid user credentials");
  const { clientId } = client;
  const scope = form.get("scope") ?? "openid";
  return issueTokens(exchange, { clientId, scope, family: exchange.platform.newId(), userId: user.userId });
};

/** POST /realms/:realm/protocol/openid-connect/token: code with PKCE, refresh with rotation, client credentials, password. */
export const postToken = async (exchange: Exchange): Promise<Response> => {
  const form = new URLSearchParams(new TextDecoder().decode(await exchange.body()));
  const client = authenticClient(exchange, form);
  if (client === undefined) return oauthError(401, "invalid_client", "Invalid client or Invalid client credentials");
  switch (form.get("grant_type")) {
    case "authorization_code":
      return byCode(exchange, client, form);
    case "refresh_token":
      return byRefreshToken(exchange, client, form);
    case "password":
      return byPassword(exchange, client, form);
    case "client_credentials": {
      if (client.secret === undefined || client.service !== true) {
        return oauthError(401, "unauthorized_client", "Client not enabled to retrieve service account");
      }
      const scope = form.get("scope") ?? "openid";
      return issueTokens(exchange, { clientId: client.clientId, scope, family: exchange.platform.newId() });
    }
    default:
      return oauthError(400, "unsupported_grant_type", "Unsupported grant_type");
  }
};
