import type { IncomingMessage, RequestOptions } from "node:http";
import * as http from "node:http";
import * as https from "node:https";
import type { Socket } from "node:net";
import { Readable } from "node:stream";
import { sendByFetch, type Body, type Send } from "../send.ts";
import { ClosedBefore } from "./closed-before.ts";
import {
  becomesIdle,
  closedForIdleness,
  connectionFor,
  countClosed,
  idleTimeOf,
  type IdleTime
} from "./connections.ts";
import { writeBody } from "./write-body.ts";

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

const bodyOf = async (message: IncomingMessage, status: number): Promise<BodyInit | null> => {
  if (hasNoBody(status)) {
    message.resume();
    return null;
  }
  // What says no counts by its status alone: a server that does not read on may cut its own words short.
  if (status < 300 && Number(message.headers["content-length"]) <= short) {
    return Buffer.concat((await message.toArray()) as ReadonlyArray<Buffer>);
  }
  return Readable.toWeb(message) as unknown as BodyInit;
};

const responseOf = async (message: IncomingMessage): Promise<Response> => {
  const { statusCode = 0, statusMessage = "" } = message;
  try {
    const init = { status: statusCode, statusText: statusMessage, headers: headersOf(message) };
    return new Response(await bodyOf(message, statusCode), init);
  } catch (thrown) {
    message.destroy();
    throw thrown;
  }
};

const now = () => performance.now();

const sendByHttp = (request: Request, body: Body, signal: AbortSignal, onMoved: () => void): Promise<Response> =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const url = new URL(request.url);
    const bytes = typeof body === "string" ? Buffer.from(body) : body;
    const { isSingle, ...connection } = connectionFor(url);
    const headers = {
      ...Object.fromEntries(request.headers),
      accept: "*/*",
      // Nothing here unpacks an answer, and these are short.
      "accept-encoding": "identity",
      "content-length": bytes.length,
      ...(isSingle ? { connection: "close" } : {})
    };
    const options: RequestOptions = { method: request.method, headers, signal, ...connection };
    let isAnswered = false;
    const sending = (url.protocol === "https:" ? https : http).request(url, options, (message) => {
      isAnswered = true;
      onMoved();
      message.once("end", () => {
        if (socket) becomesIdle(socket, String(message.headers["keep-alive"] ?? ""), now());
        // Node would wait for the rest of the request, which nobody reads any more.
        if (!writing.isWhole) sending.destroy();
      });
      resolve(responseOf(message));
    });
    let socket: Socket | undefined;
    let reused: { readonly read: number; readonly idleTime: IdleTime } | undefined;
    sending.once("socket", (given: Socket) => {
      socket = given;
      if (sending.reusedSocket) reused = { read: given.bytesRead, idleTime: idleTimeOf(given, now()) };
    });
    // Stays there for good: a connection may break after the answer has come, and that is the body's business.
    sending.on("error", (error: NodeJS.ErrnoException) => {
      if (signal.aborted || !socket || !reused || socket.bytesRead > reused.read) return reject(error);
      countClosed(url);
      // Of a part of a JSON array nothing comes to be: the rest has never left this machine.
      const hadNoEffect = !writing.isWhole || closedForIdleness(reused.idleTime);
      reject(hadNoEffect ? new ClosedBefore(error.code) : error);
    });
    const writing = writeBody(sending, bytes, () => isAnswered, onMoved);
  });

/** The event loop has had a turn: what the other side has closed meanwhile is no longer among the connections kept. */
const afterTurn = () =>
  new Promise<void>((resolve) => {
    setImmediate(resolve);
  });

/**
 * Sends like `fetch`, but for bodies by `node:http`: Node's `fetch` copies a body several times over on its way to the
 * socket, which takes longer than all the rest of a request.
 */
export const send: Send = async (request, body, signal, onMoved) => {
  if (body === undefined || !isNodesOwnWay()) return sendByFetch(request, body, signal, onMoved);
  await afterTurn();
  return sendByHttp(request, body, signal, onMoved);
};
