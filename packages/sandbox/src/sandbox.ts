import { authenticate, type LineCounts } from "./auth/authenticate.ts";
import type { Exchange } from "./exchange.ts";
import { atOnce } from "./faults/step-gate.ts";
import { bareError, routerError, wrappedError } from "./http/answers.ts";
import { BodyTooLarge, readBody } from "./http/body.ts";
import { compress } from "./http/compress.ts";
import { answerPreflight, allowOrigin } from "./http/cors.ts";
import { bareProblems, wrappedProblems } from "./http/errors.ts";
import { routeTable } from "./http/match.ts";
import { echoTrace, traceOf } from "./http/trace.ts";
import type { SandboxOptions, UserSeed } from "./options.ts";
import type { Platform } from "./platform.ts";
import { dataService, otherServices, type Route } from "./routes.ts";
import { createMemoryStore } from "./store/memory-store.ts";
import type { Store } from "./store/store.ts";
import { demoUser, seedPassword, seedToken, seedUser } from "./users/seed.ts";
import { idMaker, realWorld, type World } from "./world.ts";

/** What a server knows about a request beyond what a `Request` can say. */
export interface RequestDetails {
  /** How many lines each header came in, by lower-case name. */
  readonly lineCounts?: LineCounts;
}

/** A local Tidepool. */
export interface Sandbox {
  /** Answers a request as the platform would; never rejects unless a fault says so. */
  fetch(request: Request, details?: RequestDetails): Promise<Response>;
  /** Where it keeps what it was given. */
  readonly store: Store;
  /** Resolves when every seeded token and password works. */
  ready(): Promise<void>;
}

const services = { data: routeTable(dataService), other: routeTable(otherServices) };

function seeding(store: Store, world: World, seeds: ReadonlyArray<UserSeed>) {
  const known = seeds.map((seed) => ({ seed, userId: seed.service ? undefined : seedUser(store, world, seed).userId }));
  let tokens: Promise<void> | undefined;
  let passwords: Promise<void> | undefined;
  const keepTokens = async () => {
    for (const { seed, userId } of known) {
      for (const token of [...(seed.tokens ?? []), ...(seed.token === undefined ? [] : [seed.token])]) {
        await seedToken(store, token, userId);
      }
    }
  };
  const keepPasswords = async () => {
    for (const { seed, userId } of known) {
      if (seed.password !== undefined && userId !== undefined) await seedPassword(store, world, userId, seed.password);
    }
  };
  return {
    tokens: () => (tokens ??= keepTokens()),
    passwords: () => (passwords ??= keepPasswords())
  };
}

function without(prefix: string, path: string): string {
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path;
}

/** A local Tidepool that answers requests; it opens no port and starts no timer. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const store = options.store ?? createMemoryStore();
  const world: World = { ...realWorld, ...options.world };
  const seeds = seeding(store, world, options.users ?? [demoUser]);
  const maxBodyBytes = options.maxBodyBytes ?? 64 * 1024 * 1024;
  const gateway = options.surface !== "service";
  const platform: Platform = {
    store,
    world,
    newId: idMaker(world),
    sessionLifetime: options.sessionLifetime ?? 10 * 60_000,
    refreshLifetime: options.refreshLifetime ?? 30 * 24 * 3_600_000,
    usersReady: seeds.passwords,
    steps: atOnce
  };

  async function answerData(exchange: Exchange, path: string, details: RequestDetails): Promise<Response> {
    const { request, now, trace } = exchange;
    const check = { store, now, serviceSecret: options.serviceSecret };
    const authentication = await authenticate(request, check, details.lineCounts);
    if (authentication.kind === "refused") return bareError(403, bareProblems.unauthorized);
    const found = services.data.find(request.method, path);
    if (typeof found === "number") return routerError(found);
    try {
      return await answerRoute(found.route, { ...exchange, params: found.params }, authentication);
    } catch (error) {
      if (error instanceof BodyTooLarge) throw error;
      return wrappedError(wrappedProblems.internal, trace, now);
    }
  }

  async function answer(request: Request, details: RequestDetails): Promise<Response> {
    const url = new URL(request.url);
    const now = world.now();
    const trace = traceOf(request.headers, platform.newId);
    let body: Promise<Uint8Array> | undefined;
    const exchange: Exchange = {
      request,
      url,
      query: url.search.slice(1),
      params: {},
      trace,
      platform,
      now,
      body: () => (body ??= readBody(request, maxBodyBytes))
    };
    await seeds.tokens();
    if (gateway) {
      const found = services.other.find(request.method, url.pathname);
      if (typeof found !== "number" && found.route.access === "open") {
        return await found.route.handle({ ...exchange, params: found.params });
      }
    }
    const path = gateway ? without("/dataservices", url.pathname) : url.pathname;
    const response = await answerData(exchange, path, details);
    echoTrace(trace, response.headers);
    return compress(request, response);
  }

  return {
    store,
    async ready() {
      await seeds.tokens();
      await seeds.passwords();
    },
    async fetch(request, details = {}) {
      if (gateway && request.method === "OPTIONS") return answerPreflight(request);
      try {
        const response = await answer(request, details);
        return gateway ? allowOrigin(request, response) : response;
      } catch (error) {
        if (!(error instanceof BodyTooLarge)) throw error;
        return new Response(JSON.stringify({ code: "sandbox-body-too-large", title: error.message }), { status: 413 });
      }
    }
  };
}

function answerRoute(
  route: Route,
  exchange: Exchange,
  authentication: Awaited<ReturnType<typeof authenticate>>
): Response | Promise<Response> {
  if (route.access === "open") return route.handle(exchange);
  if (authentication.kind !== "caller") return bareError(401, bareProblems.unauthenticated);
  return route.handle({ ...exchange, caller: authentication.caller });
}
