import { Unauthenticated } from "@tideway/core";
import * as oauth from "oauth4webapi";
import type { LoginContext } from "../credentials.ts";
import { hasOwn, parseJson } from "../json.ts";
import type { Login } from "../login.ts";
import { connectOidc, asTidewayErrors } from "./oidc-client.ts";

/** Renews an OIDC login. The refresh token may be replaced by the answer: then the old one is spent. */
export const refreshOidc = async (login: Login, context: LoginContext): Promise<Login> => {
  const { issuer, clientId, refreshToken } = login;
  if (issuer === undefined || clientId === undefined || refreshToken === undefined) {
    throw new Unauthenticated({ message: "The login has ended, and it is not one that can be renewed. Log in again." });
  }
  const { server, client, options, loginOf } = await connectOidc({ issuer, clientId }, context);
  const tokens = await asTidewayErrors(async () => {
    const answer = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), refreshToken, options);
    return oauth.processRefreshTokenResponse(server, client, answer.ok ? await withoutIdToken(answer) : answer);
  });
  return loginOf(tokens, "oidc", login);
};

// Nothing here needs the ID token again. Were it refused (a clock that jumped), the login would be lost with it, since
// the refresh token is spent already.
const withoutIdToken = async (answer: Response): Promise<Response> => {
  const text = await answer.text();
  const tokens = parseJson(text);
  if (!hasOwn(tokens, "id_token")) return new Response(text, answer);
  const { id_token: _, ...rest } = tokens;
  return Response.json(rest, { status: answer.status });
};

/** Revokes an OIDC login, where the issuer takes that. */
export const endOidc = async (login: Login, context: LoginContext): Promise<void> => {
  const { issuer, clientId, refreshToken, token } = login;
  if (issuer === undefined || clientId === undefined) return;
  const { server, client, options } = await connectOidc({ issuer, clientId }, context);
  if (server.revocation_endpoint === undefined) return;
  await asTidewayErrors(async () =>
    oauth.processRevocationResponse(
      await oauth.revocationRequest(server, client, oauth.None(), refreshToken ?? token, options)
    )
  );
};
