import type { App } from "@tideway/core";
import { systemClock, type Clock } from "./clock.ts";
import type { LoginContext } from "./credentials.ts";
import { resolveEnvironment, type Environment } from "./environment.ts";
import { createHttp, type OnRequest } from "./http.ts";
import { routesOf, type RouteFamily } from "./routes.ts";
import { userAgentOf } from "./user-agent.ts";

/** What it takes to reach an environment, logged in or not. */
export interface ContextOptions {
  readonly environment: Environment;
  /**
   * Your program, for the `User-Agent`: the same as for `createClient`. Browsers do not let a page say it. Default: Tideway's own
   * name alone.
   */
  readonly app?: App;
  /**
   * Takes plain `http://` to any host: for a sandbox in a container or on a network of your own, with made-up data. Whoever is on the
   * way can read the token and the data. Default: false, and `http://` is taken for this machine only.
   */
  readonly allowInsecure?: boolean;
  /** Which spelling of the data routes to use. Default: `documented`, as Tidepool's guide writes them. */
  readonly routes?: RouteFamily;
  /** Hears of every request to the server that has ended: for a log. It learns neither secrets nor data. */
  readonly onRequest?: OnRequest | undefined;
  /** Time, for tests. Default: the machine's. */
  readonly clock?: Clock;
}

/** Checks the options, and makes what requests are made with. Throws a TypeError where one cannot be right. */
export const createLoginContext = (options: ContextOptions): LoginContext => {
  const clock = options.clock ?? systemClock;
  const environment = resolveEnvironment(options.environment, options.allowInsecure);
  const userAgent = userAgentOf(options.app);
  const routes = routesOf(options.routes ?? "documented");
  const http = createHttp({ environment, clock, userAgent, onRequest: options.onRequest });
  return { http, routes, clock, issuer: environment.issuer, allowInsecure: options.allowInsecure ?? false };
};
