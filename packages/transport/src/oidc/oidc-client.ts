import { Forbidden, ServerFailed, Unauthenticated, UnexpectedAnswer } from "@tideway/core";
import * as oauth from "oauth4webapi";
import type { LoginContext } from "../credentials.ts";
import { checkedAddress, isLoopback } from "../environment.ts";
import { notTidepool } from "../errors.ts";
import { hasOwn, parseJson } from "../json.ts";
import type { Login } from "../login.ts";
import { askSkew } from "../server-time.ts";

/** Who asks, and where. */
export interface OidcOptions {
  /** Given to your program by Tidepool: it has to be registered there. */
  readonly clientId: string;
  /** Default: the environment's own, or what the server's `/info` says. */
  readonly issuer?: string | undefined;
}

/** One issuer, discovered, with what every request to it takes. */
export interface OidcClient {
  readonly server: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly options: {
    readonly [oauth.customFetch]: (url: string, init: oauth.CustomFetchOptions<string, unknown>) => Promise<Response>;
    readonly [oauth.allowInsecureRequests]: boolean;
  };
  /** Turns tokens into a login. */
  readonly loginOf: (tokens: oauth.TokenEndpointResponse, form: Login["form"], before?: Login) => Login;
}

/** Finds the issuer and reads its metadata. Rejects with a `TransportError`. */
export const connectOidc = async ({ clientId, issuer }: OidcOptions, context: LoginContext): Promise<OidcClient> => {
  const { http, routes, clock } = context;
  const address = checkedAddress(
    issuer ?? context.issuer ?? (await issuerByInfo(context)),
    "issuer",
    context.allowInsecure
  );
  const url = new URL(address);
  const options = {
    [oauth.customFetch]: (target: string, init: oauth.CustomFetchOptions<string, unknown>) => {
      const { method, headers, redirect, body = null } = init;
      const more = { credentials: "omit", cache: "no-store" } as const;
      return http.ask(
        routes.issuer,
        new Request(target, { method, headers, redirect, body: body as BodyInit | null, ...more })
      );
    },
    [oauth.allowInsecureRequests]: context.allowInsecure || isLoopback(url)
  };
  const server = await asTidewayErrors(async () =>
    oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, options))
  );
  // The library compares with this machine's clock; an issuer whose clock is right is not refused for ours being wrong.
  const skew = http.skew() ?? (await askSkew(context).catch(() => undefined)) ?? 0;
  const seconds = Math.round((clock.now() + skew - Date.now()) / 1000);
  return {
    server,
    client: { client_id: clientId, [oauth.clockSkew]: seconds, [oauth.clockTolerance]: 60 },
    options,
    loginOf: (tokens, form, before) => {
      const now = clock.now();
      const refreshToken = tokens.refresh_token ?? before?.refreshToken;
      return {
        form,
        token: tokens.access_token,
        obtainedAt: now,
        issuer: address,
        clientId,
        ...(tokens.expires_in === undefined ? {} : { expiresAt: now + tokens.expires_in * 1000 }),
        ...(refreshToken === undefined ? {} : { refreshToken })
      };
    }
  };
};

const issuerByInfo = async ({ http, routes }: LoginContext): Promise<string> => {
  const { text, status, at, headers } = await http.send({ route: routes.info });
  const info = parseJson(text);
  const auth = hasOwn(info, "auth") ? info.auth : undefined;
  if (info === undefined) throw notTidepool(status, "the answer does not say where to log in.", at, headers);
  if (!hasOwn(auth, "url") || !hasOwn(auth, "realm")) {
    throw new UnexpectedAnswer({
      status,
      traceId: at.traceId,
      message: `${http.server} does not say where to log in. Give the issuer's address yourself.`
    });
  }
  return `${String(auth.url).replace(/\/+$/, "")}/realms/${encodeURIComponent(String(auth.realm))}`;
};

/** Runs a step of the library's, and turns its errors into ours: theirs hold answers, and answers hold tokens. */
export const asTidewayErrors = async <A>(step: () => Promise<A>): Promise<A> => {
  try {
    return await step();
  } catch (error) {
    if (error instanceof oauth.ResponseBodyError) throw refusal(error.error, error.status);
    if (error instanceof oauth.WWWAuthenticateChallengeError) throw refusal("invalid_client", error.status);
    if (error instanceof oauth.AuthorizationResponseError) {
      throw new Unauthenticated({ message: `The login was not completed (${word(error.error)}). Start it again.` });
    }
    if (error instanceof oauth.OperationProcessingError || error instanceof oauth.UnsupportedOperationError) {
      throw new UnexpectedAnswer({
        message: `The login service's answer cannot be taken (${word(String(error.code))}). Check this machine's clock and the issuer's address.`
      });
    }
    throw error;
  }
};

const refusal = (code: string, status: number) => {
  switch (code) {
    case "invalid_grant":
      return new Unauthenticated({
        status,
        message: "The login has ended: it was revoked, ran out, or its renewal was used twice. Log in again."
      });
    case "server_error":
    case "temporarily_unavailable":
      return new ServerFailed({ status, message: `The login service failed (${code}). Try again later.` });
    default:
      // Not the login's fault: it is kept.
      return new Forbidden({
        status,
        message: `The login service does not let this program log in (${word(code)}). Check its client id and what Tidepool registered for it.`
      });
  }
};

// What a server sends may be anything: only a plain word goes into a message.
const word = (text: string) => (/^[\w.-]{1,64}$/.test(text) ? text : "no reason given");
