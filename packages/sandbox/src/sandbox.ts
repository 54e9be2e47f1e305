import { answer, type Surface } from "./answer.ts";
import type { LineCounts } from "./auth/authenticate.ts";
import type { Exchange } from "./exchange.ts";
import { underFaults } from "./faults/apply-faults.ts";
import { expireToken } from "./faults/expire-token.ts";
import { createFaultDesk, type FaultDesk } from "./faults/fault-desk.ts";
import { createStepGate } from "./faults/step-gate.ts";
import { BodyTooLarge, readBody } from "./http/body.ts";
import { answerPreflight } from "./http/cors.ts";
import { traceOf } from "./http/trace.ts";
import type { SandboxOptions } from "./options.ts";
import type { Platform } from "./platform.ts";
import { createRequestLog, type RequestLog } from "./request-log.ts";
import { createMemoryStore } from "./store/memory-store.ts";
import type { Store } from "./store/store.ts";
import { demoUser } from "./users/seed.ts";
import { seedUsers } from "./users/seeding.ts";
import { idMaker, realWorld, type World } from "./world.ts";

/** What a server knows about a request beyond what a `Request` can say. */
export interface RequestDetails {
  /** How many lines each header came in, by lower-case name. */
  readonly lineCounts?: LineCounts;
}

/** A local Tidepool. */
export interface Sandbox {
  /** Answers a request as the platform would; rejects only where a fault cuts the connection. */
  fetch(request: Request, details?: RequestDetails): Promise<Response>;
  /** Where it keeps what it was given. */
  readonly store: Store;
  /** What shall go wrong; switchable at any time. */
  readonly faults: FaultDesk;
  /** The last 200 requests. */
  readonly log: RequestLog;
  /** Resolves when every seeded token and password works. */
  ready(): Promise<void>;
}

/** A local Tidepool that answers requests; it opens no port and starts no timer of its own. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const store = options.store ?? createMemoryStore();
  const world: World = { ...realWorld, ...options.world };
  const seeding = seedUsers(store, world, options.users ?? [demoUser]);
  const faults = createFaultDesk(options.faults ?? [], options.faultSeed ?? 1);
  const gate = createStepGate(store, world);
  const log = createRequestLog(200);
  const maxBodyBytes = options.maxBodyBytes ?? 64 * 1024 * 1024;
  const gateway = options.surface !== "service";
  const surface: Surface = { gateway, admin: options.admin ?? false, serviceSecret: options.serviceSecret };
  const platform: Platform = {
    store,
    world,
    now: () => world.now() + faults.skew,
    newId: idMaker(world),
    sessionLifetime: options.sessionLifetime ?? 10 * 60_000,
    refreshLifetime: options.refreshLifetime ?? 30 * 24 * 3_600_000,
    usersReady: seeding.passwords,
    clients: options.clients,
    faults,
    log
  };

  async function work(request: Request, url: URL, runSteps: Exchange["runSteps"], details: RequestDetails) {
    await seeding.tokens();
    let body: Promise<Uint8Array> | undefined;
    const exchange: Exchange = {
      request,
      url,
      query: url.search.slice(1),
      params: {},
      trace: traceOf(request.headers, platform.newId),
      platform,
      now: platform.now(),
      body: () => (body ??= readBody(request, maxBodyBytes)),
      runSteps
    };
    try {
      return await answer(exchange, surface, details.lineCounts);
    } catch (error) {
      if (!(error instanceof BodyTooLarge)) throw error;
      const problem = { code: "sandbox-body-too-large", title: error.message };
      return new Response(JSON.stringify(problem), { status: 413, headers: { "content-type": "application/json" } });
    }
  }

  async function answered(request: Request, details: RequestDetails): Promise<Response> {
    if (gateway && request.method === "OPTIONS") return answerPreflight(request);
    const url = new URL(request.url);
    const own = url.pathname === "/" || url.pathname.startsWith("/_sandbox/");
    const effects = own ? [] : faults.draw(request.method, url.pathname);
    const start = world.now();
    let status = 0;
    try {
      const response = await underFaults(effects, request, world, async () => {
        if (effects.some(({ kind }) => kind === "expire")) await expireToken(store, request, platform.now());
        return work(request, url, gate.for(effects), details);
      });
      ({ status } = response);
      return response;
    } finally {
      const entry = {
        at: start,
        method: request.method,
        path: url.pathname,
        status,
        milliseconds: world.now() - start
      };
      if (!own) log.add({ ...entry, faults: effects.map(({ kind }) => kind) });
    }
  }

  return {
    store,
    faults,
    log,
    fetch: (request, details = {}) => answered(request, details),
    async ready() {
      await seeding.tokens();
      await seeding.passwords();
    }
  };
}
