import { Unanswered } from "@tideway/core";
import ky from "ky";
import { send as sendByNetwork } from "#network";
import type { Clock } from "./clock.ts";
import type { ResolvedEnvironment } from "./environment.ts";
import { fromAnswer, type Circumstance } from "./errors.ts";
import { exchange, skewOf, wholeBody, type Streaming } from "./exchange.ts";
import type { Route } from "./routes.ts";
import type { Body, Send } from "./send.ts";
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
  readonly body?: Body;
  readonly signal?: AbortSignal | undefined;
  /** Longest silence, in milliseconds. Default: the route's. */
  readonly deadline?: number | undefined;
  /** Hears that bytes of it have moved, where that is to be seen. */
  readonly onProgress?: (() => void) | undefined;
}

/** A success, with its body read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly at: Circumstance;
}

/** Speaks HTTP to one server: one request a call, each with a deadline; rejects with a `TransportError`. */
export interface Http {
  readonly server: string;
  send(call: Call): Promise<Answer>;
  /** The same, without reading the body of a success. */
  stream(call: Call): Promise<Streaming>;
  /** A request to somebody else, the login's issuer: every answer that is about the request itself comes back. */
  ask(route: Route, request: Request): Promise<Response>;
  /** Milliseconds that the server's clock is ahead of this machine's; undefined until an answer said its time. */
  skew(): number | undefined;
}

/** One request that has ended, and nothing that was in it or in its answer. */
export interface RequestRecord {
  readonly method: string;
  /** Without the query. Ids of users and data sets stand in it. */
  readonly path: string;
  /** Undefined where no answer came. */
  readonly status: number | undefined;
  /** What the server calls it in its own logs: `X-Tidepool-Trace-Request`. */
  readonly traceId: string;
  /** From its start to the start of its answer. */
  readonly milliseconds: number;
}

/** Hears of every request to the server that has ended. */
export type OnRequest = (request: RequestRecord) => void;

/** What an `Http` needs to know. */
export interface HttpOptions {
  readonly environment: ResolvedEnvironment;
  readonly clock: Clock;
  /** What this program calls itself; not sent from a browser, where it is not allowed. */
  readonly userAgent: string;
  readonly onRequest?: OnRequest | undefined;
}

// A browser neither lets a page choose its User-Agent nor would the gateway's CORS rules allow it.
const inBrowser = "document" in globalThis || "WorkerGlobalScope" in globalThis;

// Not randomUUID: a page without TLS does not have it.
const hex = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Makes the one ky instance of a transport. */
export const createHttp = ({ environment, clock, userAgent, onRequest }: HttpOptions): Http => {
  const { server } = environment;
  const { fetch } = environment;
  const send: Send = fetch
    ? (request, body, signal) =>
        fetch(new Request(request, { signal, ...(body === undefined ? {} : { body: body as BodyInit }) }))
    : sendByNetwork;
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
    headers: { "X-Tidepool-Trace-Session": hex(), ...(inBrowser ? {} : { "User-Agent": userAgent }) }
  });

  const stream = async ({ body, ...call }: Call): Promise<Streaming> => {
    const { deadline = call.route.deadline } = call;
    const route = { ...call.route, deadline };
    const parcel: Parcel = { body };
    const path = route.path(call.id ?? "", call.second ?? "");
    const at = { route, server, traceId: hex() };
    const started = clock.now();
    const tell = (status: number | undefined) =>
      onRequest?.({
        method: route.method,
        path,
        status,
        traceId: at.traceId,
        milliseconds: clock.now() - started
      });
    const streaming = await exchange(
      at,
      clock,
      call.signal,
      (signal, onMoved) =>
        client(path, {
          method: route.method,
          headers: headersOf(call, at.traceId),
          ...(call.query === undefined ? {} : { searchParams: call.query }),
          // The body joins only here: a Request that holds one copies it, and ky makes more than one Request.
          fetch: delivery(send, parcel, signal, onMoved) as typeof globalThis.fetch
        }),
      call.onProgress
    ).catch((error: unknown) => {
      tell(undefined);
      throw error;
    });
    const { response } = streaming;
    tell(response.status);
    skew = skewOf(response.headers, started, clock.now()) ?? skew;
    if (response.status >= 200 && response.status < 300) return streaming;
    throw fromAnswer(response, await bodyOfRefusal(streaming), at, clock.now());
  };

  return {
    server,
    stream,
    async send(call) {
      const streaming = await stream(call);
      const text = await wholeBody(streaming);
      const { response, at } = streaming;
      return { status: response.status, headers: response.headers, text, at };
    },
    async ask(route, request) {
      const at = { route, server: new URL(request.url).origin, traceId: hex() };
      const asked = clock.now();
      const streaming = await exchange(at, clock, undefined, (signal, onMoved) =>
        send(request, undefined, signal, onMoved)
      );
      const { response } = streaming;
      skew = skewOf(response.headers, asked, clock.now()) ?? skew;
      const text = await wholeBody(streaming);
      const { status, headers } = response;
      if (status < 200 || (status >= 300 && status < 400) || status === 429 || status >= 500) {
        throw fromAnswer(response, text, at, clock.now());
      }
      return new Response(text === "" ? null : text, { status, headers });
    },
    skew: () => skew
  };
};

// These say all by their status. A server that answers before it has read everything may close on its own words.
const clearByStatus = new Set([401, 413, 429, 503]);

const bodyOfRefusal = async (streaming: Streaming): Promise<string> => {
  try {
    return await wholeBody(streaming);
  } catch (thrown) {
    if (thrown instanceof Unanswered && clearByStatus.has(streaming.response.status)) return "";
    throw thrown;
  }
};

/** A body until it is sent. */
interface Parcel {
  body: Body | undefined;
}

/**
 * A `fetch` that adds the body. It lets go of it at once: Request and AbortSignal refer to each other weakly, and what they
 * lead to survives until the heap as a whole is collected.
 */
const delivery =
  (send: Send, parcel: Parcel, signal: AbortSignal, onMoved: () => void): ((request: Request) => Promise<Response>) =>
  (request) => {
    const { body } = parcel;
    parcel.body = undefined;
    return send(request, body, signal, onMoved);
  };

const headersOf = (call: Omit<Call, "body">, traceId: string): Record<string, string> => ({
  "X-Tidepool-Trace-Request": traceId,
  "Content-Type": "application/json",
  ...(call.token === undefined ? {} : { "X-Tidepool-Session-Token": call.token.reveal() }),
  ...(call.authorization === undefined ? {} : { Authorization: call.authorization })
});
