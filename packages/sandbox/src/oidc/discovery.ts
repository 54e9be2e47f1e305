import type { Exchange } from "../exchange.ts";
import { issuerOf, noStore, realm } from "./endpoints.ts";
import { publicKeys } from "./json-web-token.ts";

/** GET /info: what a client asks before it knows anything; names the issuer. */
export const getInfo = ({ url }: Exchange): Response =>
  noStore(200, {
    versions: { schema: 3, uploaderMinimum: "2.53.0" },
    auth: { realm, url: url.origin }
  });

/** GET /realms/:realm/.well-known/openid-configuration. */
export const getDiscovery = (exchange: Exchange): Response => {
  if (exchange.params["realm"] !== realm) return noStore(404, { error: "Realm does not exist" });
  const issuer = issuerOf(exchange);
  const at = (name: string) => `${issuer}/protocol/openid-connect/${name}`;
  return noStore(200, {
    issuer,
    authorization_endpoint: at("auth"),
    token_endpoint: at("token"),
    userinfo_endpoint: at("userinfo"),
    revocation_endpoint: at("revoke"),
    jwks_uri: at("certs"),
    response_types_supported: ["code"],
    response_modes_supported: ["query"],
    grant_types_supported: ["authorization_code", "refresh_token", "client_credentials", "password"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    token_endpoint_auth_methods_supported: ["none", "client_secret_basic", "client_secret_post"],
    revocation_endpoint_auth_methods_supported: ["none", "client_secret_basic", "client_secret_post"],
    code_challenge_methods_supported: ["S256"],
    scopes_supported: ["openid", "offline_access", "profile", "email"],
    claims_supported: ["aud", "sub", "iss", "auth_time", "name", "preferred_username", "email", "email_verified"],
    authorization_response_iss_parameter_supported: true
  });
};

/** GET /realms/:realm/protocol/openid-connect/certs: the keys that tokens are signed with. */
export const getKeys = async ({ platform }: Exchange): Promise<Response> =>
  noStore(200, await publicKeys(platform.store));
