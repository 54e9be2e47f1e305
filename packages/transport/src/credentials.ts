import type { Clock } from "./clock.ts";
import type { Http } from "./http.ts";
import type { Routes } from "./routes.ts";
import type { Token } from "./token.ts";

/** Where a login happens: what a transport lends to its credentials for a call. */
export interface LoginContext {
  readonly http: Http;
  readonly routes: Routes;
  readonly clock: Clock;
  /** The OIDC issuer, where the environment names one. */
  readonly issuer: string | undefined;
  /** Whether plain http is taken for hosts other than this machine. */
  readonly allowInsecure: boolean;
}

/**
 * The port through which a transport gets its tokens.
 *
 * Both calls end when the signal fires, rejecting with its reason, without ending a renewal that others wait for.
 */
export interface Credentials {
  /** A token that is good now; renewed ahead of its end. */
  token(context: LoginContext, signal?: AbortSignal): Promise<Token>;
  /**
   * After the server refused `stale`: another token, or the same one where there can be no other. Rejects with
   * `Unauthenticated` where the login has ended, and with any other `TransportError` where that could not be found out.
   */
  renew(stale: Token, context: LoginContext, signal?: AbortSignal): Promise<Token>;
  /** Ends the login, at the server where it can be reached, and here in any case. */
  logout(context: LoginContext, signal?: AbortSignal): Promise<void>;
}
