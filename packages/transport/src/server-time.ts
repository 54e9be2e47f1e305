import type { LoginContext } from "./credentials.ts";
import { hasOwn, parseJson } from "./json.ts";

/**
 * Milliseconds that the server's clock is ahead of this machine's, asked of `/v1/time`; undefined where the answer has
 * no time. Needs no login; a browser, which may not read the `Date` of an answer, has no other way.
 */
export const askSkew = async (
  { http, routes, clock }: LoginContext,
  signal?: AbortSignal
): Promise<number | undefined> => {
  const asked = clock.now();
  const { text } = await http.send({ route: routes.time, signal });
  const body = parseJson(text);
  const data = hasOwn(body, "data") ? body.data : undefined;
  const time = hasOwn(data, "time") ? Date.parse(String(data.time)) : Number.NaN;
  return Number.isNaN(time) ? undefined : time - (asked + clock.now()) / 2;
};
