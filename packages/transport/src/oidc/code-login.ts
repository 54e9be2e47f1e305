import { Unauthenticated } from "@tideway/core";
import * as oauth from "oauth4webapi";
import type { LoginContext } from "../credentials.ts";
import type { Login } from "../login.ts";
import { connectOidc, asTidewayErrors, type OidcOptions } from "./oidc-client.ts";

/** What a login in the browser needs. */
export interface CodeLoginOptions extends OidcOptions {
  /** Default: `openid offline_access`, which is what a renewable login takes. */
  readonly scope?: string;
  /** Fills in the address on the login page. */
  readonly loginHint?: string;
}

/** A login that waits for the browser to come back. Plain data, to survive the page; it holds no token yet. */
export interface PendingLogin {
  /** Where to send the browser. */
  readonly url: string;
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly issuer: string;
  readonly clientId: string;
}

/** Starts an authorization code login with PKCE. */
export const beginCodeLogin = async (
  redirectUri: string,
  options: CodeLoginOptions,
  context: LoginContext
): Promise<PendingLogin> => {
  const { server } = await connectOidc(options, context);
  if (server.authorization_endpoint === undefined) {
    throw new Unauthenticated({ message: "The issuer has no login page. Check its address." });
  }
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const nonce = oauth.generateRandomNonce();
  const url = new URL(server.authorization_endpoint);
  const parameters = {
    client_id: options.clientId,
    redirect_uri: redirectUri,
    response_type: "code",
    scope: options.scope ?? "openid offline_access",
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce,
    ...(options.loginHint === undefined ? {} : { login_hint: options.loginHint })
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return { url: url.href, redirectUri, state, nonce, verifier, issuer: server.issuer, clientId: options.clientId };
};

/** Trades what the browser came back with for a login. Rejects with `Unauthenticated` where the user said no. */
export const finishCodeLogin = async (callback: URL, pending: PendingLogin, context: LoginContext): Promise<Login> => {
  const { issuer, clientId, state, nonce, verifier, redirectUri } = pending;
  const { server, client, options, loginOf } = await connectOidc({ issuer, clientId }, context);
  const tokens = await asTidewayErrors(async () => {
    const parameters = oauth.validateAuthResponse(server, client, callback, state);
    return oauth.processAuthorizationCodeResponse(
      server,
      client,
      await oauth.authorizationCodeGrantRequest(
        server,
        client,
        oauth.None(),
        parameters,
        redirectUri,
        verifier,
        options
      ),
      { expectedNonce: nonce }
    );
  });
  return loginOf(tokens, "oidc");
};
