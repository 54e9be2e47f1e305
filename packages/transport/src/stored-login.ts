import { Unauthenticated } from "@tideway/core";
import type { Credentials, LoginContext } from "./credentials.ts";
import { alone, guarded } from "./guarded-store.ts";
import { keptLogin } from "./kept-login.ts";
import { createLoginContext, type ContextOptions } from "./login-context.ts";
import type { Login } from "./login.ts";
import { endOidc, refreshOidc } from "./oidc/oidc-login.ts";
import { logOut, logIn, renewLogin } from "./session-login.ts";
import type { TokenStore } from "./token-store.ts";

/** Which login of a store. */
export interface StoredLoginOptions {
  readonly store: TokenStore;
  /** Tells logins of one server apart. Default: one login a server. */
  readonly profile?: string;
}

/** The key of a login that a person has made. */
export const storedLoginKey = (server: string, profile?: string): string =>
  profile === undefined ? server : `${server} ${profile}`;

/**
 * Credentials that are a login which a person made before, in a browser or with a password: `loopbackLogin`,
 * `storePasswordLogin` and `browserLogin` leave one. Renewed the way it was made; `Unauthenticated` where there is none.
 */
export const storedLogin = ({ store, profile }: StoredLoginOptions): Credentials => {
  const refresh = (login: Login, context: LoginContext) => {
    if (login.form === "oidc") return refreshOidc(login, context);
    if (login.form === "session") return renewLogin(login, context);
    throw new Unauthenticated({ message: "The login has ended and cannot be renewed. Log in again." });
  };
  return keptLogin({
    store,
    key: ({ http }) => storedLoginKey(http.server, profile),
    refresh: async (login, context) => refresh(login, context),
    end: (login, context) => (login.form === "oidc" ? endOidc(login, context) : logOut(login, context))
  });
};

/** Puts a finished login where `storedLogin` finds it. */
export const keepLogin = async (
  login: Login,
  { store, profile }: StoredLoginOptions,
  server: string
): Promise<void> => {
  const key = storedLoginKey(server, profile);
  await alone(store, key, () => guarded("written to", store, () => store.write(key, JSON.stringify(login))));
};

/** What logging in with a password and keeping the session needs. */
export interface StorePasswordLoginOptions extends ContextOptions, StoredLoginOptions {
  readonly email: string;
  readonly password: string;
}

/** Logs in with a password and leaves the session, not the password, in the store. Rejects with a `TransportError`. */
export const storePasswordLogin = async (options: StorePasswordLoginOptions): Promise<void> => {
  const context = createLoginContext(options);
  await keepLogin(await logIn(options.email, options.password, context), options, context.http.server);
};
