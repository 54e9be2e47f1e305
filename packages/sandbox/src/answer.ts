import { authenticate } from "./auth/authenticate.ts";
import type { Exchange } from "./exchange.ts";
import { bareError, routerError, wrappedError } from "./http/answers.ts";
import { BodyTooLarge } from "./http/body.ts";
import { compress } from "./http/compress.ts";
import { allowOrigin } from "./http/cors.ts";
import { bareProblems, wrappedProblems } from "./http/errors.ts";
import { decodedParameter, escapedParameter, routeTable } from "./http/match.ts";
import { echoTrace } from "./http/trace.ts";
import { isFromElsewhere } from "./own/is-local-name.ts";
import { adminRoutes, dataService, otherServices, ownRoutes } from "./routes.ts";

/** What decides which routes there are. */
export interface Surface {
  readonly gateway: boolean;
  readonly admin: boolean;
  readonly serviceSecret: string | undefined;
}

/** A path that only the sandbox itself has: no fault meets it, no other site may ask for it. */
export const isOwnPath = (path: string): boolean => path === "/" || path.startsWith("/_sandbox/");

const tables = {
  data: routeTable(dataService, escapedParameter),
  other: routeTable(otherServices, decodedParameter),
  own: routeTable(ownRoutes, decodedParameter),
  admin: routeTable(adminRoutes, decodedParameter)
};

const withoutPrefix = (path: string): string => {
  const prefix = "/dataservices/";
  return path.startsWith(prefix) ? path.slice(prefix.length - 1) : path;
};

const answerOwn = async (exchange: Exchange, { admin }: Surface, isOwnHost: boolean): Promise<Response | undefined> => {
  const { request, url, path } = exchange;
  const found = tables.own.find(request.method, path);
  const asAdmin = typeof found === "number" && admin ? tables.admin.find(request.method, path) : found;
  if (typeof asAdmin === "number" || !isOwnHost || isFromElsewhere(request, url)) return undefined;
  // What a program asks for at / is not this page: there the real one has nothing.
  if (path === "/" && !request.headers.get("accept")?.includes("text/html")) return undefined;
  return asAdmin.route.handle({ ...exchange, params: asAdmin.params });
};

const answerData = async (exchange: Exchange, surface: Surface): Promise<Response> => {
  const { request, now, trace, platform } = exchange;
  const check = { store: platform.store, now, serviceSecret: surface.serviceSecret };
  const authentication = await authenticate(exchange, check);
  if (authentication.kind === "refused") return bareError(403, bareProblems.unauthorized);
  const path = surface.gateway ? withoutPrefix(exchange.path) : exchange.path;
  const found = tables.data.find(request.method, path);
  if (typeof found === "number") return routerError(found);
  const { route, params } = found;
  try {
    if (route.access === "open") return await route.handle({ ...exchange, params });
    if (authentication.kind !== "caller") return bareError(401, bareProblems.unauthenticated);
    return await route.handle({ ...exchange, params, caller: authentication.caller });
  } catch (error) {
    // As the platform's handlers: whatever breaks inside is this one answer.
    if (error instanceof BodyTooLarge) throw error;
    return wrappedError(wrappedProblems.internal, trace, now);
  }
};

/**
 * Finds who answers a request and lets it: the sandbox's own pages, where the client called it by a name of its own, a service
 * beside the data service, or that.
 */
export const answer = async (exchange: Exchange, surface: Surface, isOwnHost: boolean): Promise<Response> => {
  const { request, path } = exchange;
  if (surface.gateway) {
    const own = await answerOwn(exchange, surface, isOwnHost);
    if (own !== undefined) return own;
    const found = tables.other.find(request.method, path);
    if (typeof found !== "number") {
      return allowOrigin(request, await found.route.handle({ ...exchange, params: found.params }));
    }
  }
  const response = await answerData(exchange, surface);
  echoTrace(exchange.trace, response.headers);
  const compressed = compress(request, response);
  return surface.gateway ? allowOrigin(request, compressed) : compressed;
};
