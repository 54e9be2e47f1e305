import { Forbidden, NotFound, ServerFailed, Unauthenticated, UnexpectedAnswer } from "@tideway/core";
import type { Credentials, LoginContext } from "./credentials.ts";
import type { Call } from "./http.ts";
import type { Token } from "./token.ts";

/** Makes a request with the login's token, and with a renewed one where the first was refused. */
export type Authorized = <A>(call: Call, make: (call: Call) => Promise<A>) => Promise<A>;

// Long enough for a service that stumbled, short enough not to be felt.
const pause = 1000;

/**
 * A 401 is not proof of a bad token: the data service answers it as well while the login service is down. So the token
 * is renewed (or a second waited), the request made once more, and a second 401 believed only if the login service
 * says the same.
 */
export const authorized = (credentials: Credentials, context: LoginContext): Authorized => {
  const { http, routes, clock } = context;

  const accepted = async (token: Token, signal?: AbortSignal) => {
    try {
      await http.send({ route: routes.user, token, signal });
      return true;
    } catch (error) {
      // A server without this route cannot confirm anything.
      if (error instanceof Unauthenticated || error instanceof Forbidden) return false;
      if (error instanceof NotFound || error instanceof UnexpectedAnswer) return false;
      throw error;
    }
  };

  return async (call, make) => {
    const { signal } = call;
    const token = await credentials.token(context, signal);
    try {
      return await make({ ...call, token });
    } catch (error) {
      // Reading back has no 401: a token that ended is a 403, too.
      const doubtful = error instanceof Forbidden && call.route === routes.readData;
      if (!(error instanceof Unauthenticated) && !(doubtful && !(await accepted(token, signal)))) throw error;
    }
    const next = await credentials.renew(token, context, signal);
    if (next.equals(token)) await clock.sleep(pause, signal);
    signal?.throwIfAborted();
    try {
      return await make({ ...call, token: next });
    } catch (error) {
      if (!(error instanceof Unauthenticated)) throw error;
      if (!(await accepted(next, signal))) throw error;
      throw new ServerFailed({
        message: `Could not ${call.route.doing}: the server does not know a login that its own login service has just confirmed. Try again later.`,
        status: 401,
        ...(error.traceId === undefined ? {} : { traceId: error.traceId })
      });
    }
  };
};
