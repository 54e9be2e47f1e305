import type { Credentials } from "./credentials.ts";
import { Token } from "./token.ts";

/**
 * Credentials that are one token, made elsewhere: for a script, or for a program that keeps its own logins.
 *
 * It cannot be renewed: when it ends, calls reject with `Unauthenticated`. Throws a TypeError for a text that cannot be
 * a token.
 */
export const fixedToken = (text: string): Credentials => {
  const token = new Token(text.trim());
  return {
    token: () => Promise.resolve(token),
    renew: () => Promise.resolve(token),
    logout: async ({ http, routes }, signal) => {
      await http.send({ route: routes.logOut, token, signal });
    }
  };
};
