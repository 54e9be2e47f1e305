import type { Credentials } from "./credentials.ts";
import { keptLogin } from "./kept-login.ts";
import { logOut, logIn, renewLogin } from "./session-login.ts";
import { memoryTokenStore, type TokenStore } from "./token-store.ts";

/** What a password login needs. */
export interface PasswordLoginOptions {
  readonly email: string;
  readonly password: string;
  /** Where the session token is kept between runs; the password never is. Default: this program's memory. */
  readonly store?: TokenStore;
}

/**
 * Credentials by e-mail and password, through `/auth/login` and renewed by the same route. Where the session has ended
 * they log in anew; a refused password is not tried again.
 */
export const passwordLogin = (options: PasswordLoginOptions): Credentials => {
  const { email, password } = options;
  for (const [name, value] of Object.entries({ email, password })) {
    if (typeof value !== "string" || value === "")
      throw new TypeError(`The ${name} has to be a text that is not empty.`);
  }
  return keptLogin({
    store: options.store ?? memoryTokenStore(),
    // A store may be shared: one account's session is never taken for another's. The address itself stays out of it.
    key: async ({ http }) => `${http.server} ${await fingerprint(email)}`,
    open: (context) => logIn(email, password, context),
    refresh: renewLogin,
    end: logOut
  });
};

const fingerprint = async (text: string): Promise<string> => {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text.trim().toLowerCase()));
  return Array.from(new Uint8Array(hash, 0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
};
