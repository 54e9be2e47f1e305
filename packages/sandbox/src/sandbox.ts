import { answer, isOwnPath, type Surface } from "./answer.ts";
import type { Exchange } from "./exchange.ts";
import { underFaults } from "./faults/apply-faults.ts";
import { expireToken } from "./faults/expire-token.ts";
import { createFaultInjector, type FaultInjector } from "./faults/fault-injector.ts";
import { createStepBarrier } from "./faults/step-barrier.ts";
import { badRequest } from "./http/answers.ts";
import { BodyTooLarge, readBody } from "./http/body.ts";
import { answerPreflight } from "./http/cors.ts";
import { headerLines } from "./http/header-lines.ts";
import { readTarget, type Target } from "./http/target.ts";
import { traceOf } from "./http/trace.ts";
import type { SandboxOptions } from "./options.ts";
import { isLocalName } from "./own/is-local-name.ts";
import type { Platform } from "./platform.ts";
import { createRequestLog, type RequestLog } from "./request-log.ts";
import { idMaker, systemRuntime, type SandboxRuntime } from "./runtime.ts";
import { createMemoryStore } from "./store/memory-store.ts";
import type { Store } from "./store/store.ts";
import { demoUser } from "./users/seed.ts";
import { seedUsers } from "./users/seeding.ts";

/** What a server knows about a request beyond what a `Request` can say. */
export interface RequestDetails {
  /** The lines of its header: name, value, name, value, …. Default: what the `Headers` tell, which joins lines of one name. */
  readonly rawHeaders?: ReadonlyArray<string>;
  /** Its target as the first line has it. Default: that of the `Request`, in which dot segments are resolved and `#` ends it. */
  readonly target?: string;
  /** Whether the name that the client called by is the server's own. Default: whether it is one of this machine. */
  readonly isOwnHost?: boolean;
}

/** A local Tidepool. */
export interface Sandbox {
  /** Answers a request as the platform would; rejects only where a fault cuts the connection. */
  fetch(request: Request, details?: RequestDetails): Promise<Response>;
  /** Where it keeps what it was given. */
  readonly store: Store;
  /** The faults that are injected; they can be changed at any time. */
  readonly faults: FaultInjector;
  /** The last 200 requests. */
  readonly log: RequestLog;
  /** Resolves when every seeded token and password works. */
  ready(): Promise<void>;
}

/** A local Tidepool that answers requests; it opens no port and starts no timer of its own. */
export const createSandbox = (options: SandboxOptions = {}): Sandbox => {
  const store = options.store ?? createMemoryStore();
  const runtime: SandboxRuntime = { ...systemRuntime, ...options.runtime };
  const seeding = seedUsers(store, runtime, options.users ?? [demoUser]);
  const faults = createFaultInjector(options.faults ?? [], options.faultSeed ?? 1);
  const gate = createStepBarrier(store, runtime);
  const log = createRequestLog(200);
  const maxBodyBytes = options.maxBodyBytes ?? 64 * 1024 * 1024;
  const gateway = options.surface !== "service";
  const surface: Surface = { gateway, admin: options.admin ?? false, serviceSecret: options.serviceSecret };
  const platform: Platform = {
    store,
    runtime,
    now: () => runtime.now() + faults.skew,
    newId: idMaker(runtime),
    sessionLifetime: options.sessionLifetime ?? 10 * 60_000,
    refreshLifetime: options.refreshLifetime ?? 30 * 24 * 3_600_000,
    usersReady: seeding.passwords,
    clients: options.clients,
    faults,
    log
  };

  const work = async (
    request: Request,
    { path, query }: Target,
    runSteps: Exchange["runSteps"],
    details: RequestDetails
  ): Promise<Response> => {
    await seeding.tokens();
    const url = new URL(request.url);
    const lines = headerLines(request.headers, details.rawHeaders);
    let body: Promise<Uint8Array> | undefined;
    const exchange: Exchange = {
      request,
      url,
      path,
      query,
      lines,
      params: {},
      trace: traceOf(lines, platform.newId),
      platform,
      now: platform.now(),
      body: () => (body ??= readBody(request, maxBodyBytes)),
      runSteps
    };
    try {
      return await answer(exchange, surface, details.isOwnHost ?? isLocalName(url.hostname));
    } catch (error) {
      if (!(error instanceof BodyTooLarge)) throw error;
      const problem = { code: "sandbox-body-too-large", title: error.message };
      return new Response(JSON.stringify(problem), { status: 413, headers: { "content-type": "application/json" } });
    }
  };

  const answered = async (request: Request, target: Target, details: RequestDetails): Promise<Response> => {
    const { path } = target;
    const own = isOwnPath(path);
    if (gateway && request.method === "OPTIONS" && !own) return answerPreflight(request);
    const effects = own ? [] : faults.draw(request.method, path);
    const start = runtime.now();
    let status = 0;
    try {
      const response = await underFaults(effects, request, runtime, async () => {
        if (effects.some(({ kind }) => kind === "expire")) await expireToken(store, request, platform.now());
        return work(request, target, gate.for(effects), details);
      });
      ({ status } = response);
      return response;
    } finally {
      const entry = { at: start, method: request.method, path, status, milliseconds: runtime.now() - start };
      if (!own) log.add({ ...entry, faults: effects.map(({ kind }) => kind) });
    }
  };

  const dated = async (request: Request, details: RequestDetails): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    const target = readTarget(details.target ?? pathname + search);
    const response = target === undefined ? badRequest() : await answered(request, target, details);
    // Whoever hands the answer on would put its own clock there, which no fault skews.
    if (!response.headers.has("date")) response.headers.set("date", new Date(platform.now()).toUTCString());
    return response;
  };

  return {
    store,
    faults,
    log,
    fetch: (request, details = {}) => dated(request, details),
    async ready() {
      await seeding.tokens();
      await seeding.passwords();
    }
  };
};
