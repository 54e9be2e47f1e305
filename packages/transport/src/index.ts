export { isBlockedPort } from "./blocked-port.ts";
export { systemClock, type Clock } from "./clock.ts";
export { createTransport, type HttpTransport, type TransportOptions } from "./create-transport.ts";
export type { Credentials, LoginContext } from "./credentials.ts";
export { environmentNames, type Environment, type EnvironmentName } from "./environment.ts";
export { fixedToken } from "./fixed-token.ts";
export type { OnRequest, RequestRecord } from "./http.ts";
export { createLoginContext, type ContextOptions } from "./login-context.ts";
export { clientCredentials, type ClientCredentialsOptions } from "./oidc/client-credentials.ts";
export type { CodeLoginOptions } from "./oidc/code-login.ts";
export type { OidcOptions } from "./oidc/oidc-client.ts";
export { passwordLogin, type PasswordLoginOptions } from "./password-login.ts";
export type { Right } from "./require-right.ts";
export type { RouteFamily } from "./routes.ts";
export {
  storedLogin,
  storedLoginKey,
  storePasswordLogin,
  type StoredLoginOptions,
  type StorePasswordLoginOptions
} from "./stored-login.ts";
export { memoryTokenStore, type TokenStore } from "./token-store.ts";
export type { TokenFunction } from "./token-from.ts";
export { Token } from "./token.ts";
export type { User } from "./user.ts";
