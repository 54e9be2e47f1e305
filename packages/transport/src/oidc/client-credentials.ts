import * as oauth from "oauth4webapi";
import type { Credentials, LoginContext } from "../credentials.ts";
import { keptLogin } from "../kept-login.ts";
import { memoryTokenStore } from "../token-store.ts";
import { connectOidc, asTidewayErrors, type OidcOptions } from "./oidc-client.ts";

/** What a service needs to log in as itself. */
export interface ClientCredentialsOptions extends OidcOptions {
  readonly clientSecret: string;
  /** Default: none is asked for. */
  readonly scope?: string;
}

/** Credentials of a service account: no user, no refresh token; a new access token is asked for when the old one ends. */
export const clientCredentials = (options: ClientCredentialsOptions): Credentials => {
  const { clientId, clientSecret, scope } = options;
  const open = async (context: LoginContext) => {
    const oidc = await connectOidc(options, context);
    const tokens = await asTidewayErrors(async () =>
      oauth.processClientCredentialsResponse(
        oidc.server,
        oidc.client,
        await oauth.clientCredentialsGrantRequest(
          oidc.server,
          oidc.client,
          oauth.ClientSecretBasic(clientSecret),
          scope === undefined ? {} : { scope },
          oidc.options
        )
      )
    );
    return oidc.loginOf(tokens, "service");
  };
  return keptLogin({
    store: memoryTokenStore(),
    key: ({ http }) => `${http.server} ${clientId}`,
    open,
    refresh: (_, context) => open(context),
    end: () => Promise.resolve()
  });
};
