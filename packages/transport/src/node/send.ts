import type { IncomingMessage, RequestOptions } from "node:http";
import * as http from "node:http";
import * as https from "node:https";
import { Readable } from "node:stream";
import { sendByFetch, type Body, type Send } from "../send.ts";

const slot = Symbol.for("undici.globalDispatcher.1");

type Dispatcher = { readonly [option: symbol]: unknown; readonly dispatch: unknown };

/**
 * Whether `fetch` goes out through what Node itself put there. A program may have put a proxy, a certificate of its own, an
 * interceptor or a mock in its place, and those must be obeyed.
 */
const isNodesOwn = (dispatcher: Dispatcher | undefined): boolean => {
  if (dispatcher === undefined) return true;
  const { constructor, dispatch } = Object.getPrototypeOf(dispatcher) as Dispatcher & {
    readonly constructor: Function;
  };
  const options = Object.getOwnPropertySymbols(dispatcher).find(({ description }) => description === "options");
  if (constructor.name !== "Agent" || dispatcher.dispatch !== dispatch || options === undefined) return false;
  return Object.entries(dispatcher[options] ?? {}).every(
    ([name, value]) => name === "maxOrigins" || value === undefined || value === null
  );
};

/**
 * Node's own `fetch` says where it comes from. Remembering it when this module is loaded would not do: what was put in its
 * place before would pass for it. Where Node comes to say it otherwise, all goes through `fetch`, only more slowly.
 */
const isNodesFetch = (fetch: Function): boolean =>
  Function.prototype.toString.call(fetch).includes("internal/deps/undici");

let looked: { readonly at: Dispatcher | undefined; readonly fetch: Function; readonly isOwn: boolean } | undefined;

/** Whether requests go out by nothing but what Node itself brings. */
const isNodesOwnWay = (): boolean => {
  const at = (globalThis as { readonly [slot]?: Dispatcher })[slot];
  const { fetch } = globalThis;
  if (looked !== undefined && looked.at === at && looked.fetch === fetch) return looked.isOwn;
  looked = { at, fetch, isOwn: isNodesOwn(at) && isNodesFetch(fetch) };
  return looked.isOwn;
};

const headersOf = (message: IncomingMessage): Headers => {
  const headers = new Headers();
  const { rawHeaders } = message;
  for (let index = 0; index < rawHeaders.length; index += 2) headers.append(rawHeaders[index]!, rawHeaders[index + 1]!);
  return headers;
};

const hasNoBody = (status: number) => status === 204 || status === 205 || status === 304;

/** An answer that says it is no longer than this is read at once: a stream of the web's takes longer than the answer. */
const short = 65_536;

const bodyOf = async (message: IncomingMessage): Promise<BodyInit | null> => {
  if (hasNoBody(message.statusCode ?? 0)) {
    message.resume();
    return null;
  }
  if (Number(message.headers["content-length"]) <= short) {
    return Buffer.concat((await message.toArray()) as ReadonlyArray<Buffer>);
  }
  return Readable.toWeb(message) as unknown as BodyInit;
};

const responseOf = async (message: IncomingMessage): Promise<Response> => {
  const { statusCode = 0, statusMessage = "" } = message;
  try {
    const init = { status: statusCode, statusText: statusMessage, headers: headersOf(message) };
    return new Response(await bodyOf(message), init);
  } catch (thrown) {
    message.destroy();
    throw thrown;
  }
};

const sendByHttp = (request: Request, body: Body, signal: AbortSignal): Promise<Response> =>
  new Promise((resolve, reject) => {
    const { method, url } = request;
    const bytes = typeof body === "string" ? Buffer.from(body) : body;
    const headers = { ...Object.fromEntries(request.headers), accept: "*/*", "content-length": bytes.length };
    const options: RequestOptions = { method, headers, signal };
    const sending = (url.startsWith("https:") ? https : http).request(url, options, (message) =>
      resolve(responseOf(message))
    );
    // Stays there for good: a connection may break after the answer has come, and that is the body's business.
    sending.on("error", reject);
    sending.end(bytes);
  });

/**
 * Sends like `fetch`, but for bodies by `node:http`: Node's `fetch` copies a body several times over on its way to the
 * socket, which takes longer than all the rest of a request.
 */
export const send: Send = (request, body, signal) =>
  body !== undefined && isNodesOwnWay() ? sendByHttp(request, body, signal) : sendByFetch(request, body, signal);
