import { Unauthenticated } from "@tideway/core";
import type { LoginContext } from "./credentials.ts";
import { notTidepool } from "./errors.ts";
import type { Answer } from "./http.ts";
import { hasOwn, parseJson } from "./json.ts";
import type { Login } from "./login.ts";
import { sessionTokenEnd } from "./session-token.ts";
import { Token } from "./token.ts";

/** Logs in through `/auth/login`. Rejects with `Unauthenticated` where the address or the password is wrong. */
export const logIn = async (email: string, password: string, context: LoginContext): Promise<Login> => {
  const bytes = new TextEncoder().encode(`${email}:${password}`);
  const authorization = `Basic ${btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(""))}`;
  try {
    return loginOf(await context.http.send({ route: context.routes.logIn, authorization }), context);
  } catch (error) {
    if (!(error instanceof Unauthenticated)) throw error;
    throw new Unauthenticated({
      message: "Could not log in: the server knows no such e-mail address with this password. Check both.",
      status: 401,
      ...(error.traceId === undefined ? {} : { traceId: error.traceId })
    });
  }
};

/** Renews by the same route. The new token holds a new refresh part: the old one is spent. */
export const renewLogin = async (login: Login, context: LoginContext): Promise<Login> => {
  const { http, routes, clock } = context;
  const ask = () => http.send({ route: routes.refresh, token: new Token(login.token) });
  try {
    return loginOf(await ask(), context);
  } catch (error) {
    if (!(error instanceof Unauthenticated)) throw error;
  }
  // The login service answers 401 as well where only what stands behind it is down: asked once more before it is believed.
  await clock.sleep(1000);
  try {
    return loginOf(await ask(), context);
  } catch (error) {
    if (!(error instanceof Unauthenticated)) throw error;
    throw new Unauthenticated({ message: "The login has ended and cannot be renewed. Log in again.", status: 401 });
  }
};

/** Logs out through `/auth/logout`. */
export const logOut = async (login: Login, { http, routes }: LoginContext): Promise<void> => {
  await http.send({ route: routes.logOut, token: new Token(login.token) });
};

const loginOf = ({ headers, text, status, at }: Answer, { clock, http }: LoginContext): Login => {
  const token = headers.get("x-tidepool-session-token");
  if (token === null || token === "") throw notTidepool(status, "the answer holds no session token.", at, headers);
  const now = clock.now();
  const body = parseJson(text);
  const told = hasOwn(body, "expires_at") ? Number(body.expires_at) : undefined;
  const expiresAt = sessionTokenEnd(token, { now, expiresAt: told, skew: http.skew() });
  return { form: "session", token, obtainedAt: now, ...(expiresAt === undefined ? {} : { expiresAt }) };
};
