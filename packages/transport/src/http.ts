import ky from "ky";
import { BodyTooLong, readBounded } from "./bounded-body.ts";
import type { Clock } from "./clock.ts";
import { startDeadline } from "./deadline.ts";
import type { ResolvedEnvironment } from "./environment.ts";
import { fromAnswer, fromDeadline, fromFailure, notTidepool, type Circumstance } from "./errors.ts";
import { parseHttpDate } from "./http-date.ts";
import type { Route } from "./routes.ts";
import type { Token } from "./token.ts";

/** One request: what goes into the route, and what goes with it. */
export interface Call {
  readonly route: Route;
  /** Filled into the route's path. */
  readonly id?: string;
  readonly second?: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly token?: Token;
  readonly authorization?: string;
  readonly body?: Uint8Array | string;
  readonly signal?: AbortSignal | undefined;
}

/** A success, with its body read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly at: Circumstance;
}

/** A success whose body is still coming. `end` has to be called, whatever happens to the body. */
export interface Streaming {
  readonly response: Response;
  readonly at: Circumstance;
  readonly end: () => void;
  /** What a failure to read the body stands for. */
  readonly failed: (thrown: unknown) => unknown;
}

/** Speaks HTTP to one server: one request a call, each with a deadline; rejects with a `TransportError`. */
export interface Http {
  readonly server: string;
  send(call: Call): Promise<Answer>;
  /** The same, without reading the body of a success. */
  stream(call: Call): Promise<Streaming>;
  /** Milliseconds that the server's clock is ahead of this machine's; undefined until an answer said its time. */
  skew(): number | undefined;
}

/** What an `Http` needs to know. */
export interface HttpOptions {
  readonly environment: ResolvedEnvironment;
  readonly clock: Clock;
  /** What this program calls itself; not sent from a browser, where it is not allowed. */
  readonly userAgent: string;
}

// A browser neither lets a page choose its User-Agent nor would the gateway's CORS rules allow it.
const inBrowser = "document" in globalThis || "WorkerGlobalScope" in globalThis;

const hex = () => crypto.randomUUID().replaceAll("-", "");

/** Makes the one ky instance of a transport. */
export function createHttp({ environment, clock, userAgent }: HttpOptions): Http {
  const { server, fetch } = environment;
  const session = hex();
  let skew: number | undefined;

  const client = ky.create({
    prefix: server,
    // One policy of retrying, and it is core's.
    retry: 0,
    // Our own deadline covers the body as well.
    timeout: false,
    throwHttpErrors: false,
    redirect: "manual",
    credentials: "omit",
    cache: "no-store",
    headers: { "X-Tidepool-Trace-Session": session, ...(inBrowser ? {} : { "User-Agent": userAgent }) },
    ...(fetch === undefined ? {} : { fetch: (input, init) => fetch(new Request(input, init)) })
  });

  async function stream(call: Call): Promise<Streaming> {
    const { route, signal } = call;
    signal?.throwIfAborted();
    const path = route.path(call.id ?? "", call.second ?? "");
    const traceId = hex();
    const at = { route, server, traceId };
    const deadline = startDeadline(route.deadline, clock, signal);
    const failed = (thrown: unknown) => {
      if (signal?.aborted) return signal.reason as unknown;
      if (deadline.passed()) return fromDeadline(route.deadline, at);
      if (thrown instanceof BodyTooLong) return notTidepool(200, "the answer does not end.", at);
      return fromFailure(thrown, at);
    };
    const started = clock.now();
    try {
      const response = await client(path, {
        method: route.method,
        signal: deadline.signal,
        headers: headersOf(call, traceId),
        ...(call.query === undefined ? {} : { searchParams: call.query }),
        ...(call.body === undefined ? {} : { body: call.body as BodyInit })
      });
      const date = parseHttpDate(response.headers.get("date") ?? "");
      // The header has whole seconds: half a second is the middle of what it can mean.
      if (date !== undefined) skew = date + 500 - (started + clock.now()) / 2;
      if (response.status >= 200 && response.status < 300) return { response, at, end: deadline.end, failed };
      const text = response.type === "opaqueredirect" ? "" : await readBounded(response, route.limit);
      throw new Answered(fromAnswer(response, text, at, clock.now()));
    } catch (thrown) {
      deadline.end();
      if (thrown instanceof Answered) throw thrown.error;
      throw failed(thrown);
    }
  }

  async function send(call: Call): Promise<Answer> {
    const { response, at, end, failed } = await stream(call);
    try {
      const text = await readBounded(response, call.route.limit);
      return { status: response.status, headers: response.headers, text, at };
    } catch (thrown) {
      throw failed(thrown);
    } finally {
      end();
    }
  }

  return { server, send, stream, skew: () => skew };
}

function headersOf(call: Call, traceId: string): Record<string, string> {
  return {
    "X-Tidepool-Trace-Request": traceId,
    "Content-Type": "application/json",
    ...(call.token === undefined ? {} : { "X-Tidepool-Session-Token": call.token.reveal() }),
    ...(call.authorization === undefined ? {} : { Authorization: call.authorization })
  };
}

class Answered {
  readonly error: unknown;
  constructor(error: unknown) {
    this.error = error;
  }
}
