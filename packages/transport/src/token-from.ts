import { Unauthenticated, isTidewayError } from "@tideway/core";
import type { Credentials } from "./credentials.ts";
import { Token } from "./token.ts";
import { untilAborted } from "./until-aborted.ts";

/**
 * Gives a token for the next request. Called before each, and once more where the server refused what it gave: how long a token
 * is kept is the function's to decide. It may reject with an error of `@tideway/core`, such as `Unreachable` where trying again later
 * may help; anything else ends the operation with `Unauthenticated`.
 */
export type TokenFunction = (options: { readonly signal: AbortSignal }) => string | PromiseLike<string>;

/** What was thrown is told by its name alone: its message may quote a secret. */
const failed = (thrown: unknown): Unauthenticated =>
  new Unauthenticated({
    message: `The function that gives the token failed (${thrown instanceof Error ? thrown.name : typeof thrown}): see the cause.`,
    cause: thrown
  });

const unusable = new TypeError("not a text that can be a token");

/** Credentials that ask a function. */
export const tokenFrom = (give: TokenFunction): Credentials => {
  const ask = async (signal: AbortSignal = new AbortController().signal): Promise<Token> => {
    try {
      const text: unknown = await untilAborted((async () => give({ signal }))(), signal);
      if (typeof text !== "string") throw unusable;
      return new Token(text.trim());
    } catch (thrown) {
      if (signal.aborted) throw signal.reason;
      throw isTidewayError(thrown) ? thrown : failed(thrown);
    }
  };
  return {
    token: (_, signal) => ask(signal),
    renew: (_, __, signal) => ask(signal),
    logout: async ({ http, routes }, signal) => {
      await http.send({ route: routes.logOut, token: await ask(signal), signal });
    }
  };
};
