import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { isConnectionReset } from "../faults/connection-reset.ts";
import type { Sandbox } from "../sandbox.ts";

/** Where to listen. */
export interface ListenOptions {
  /** 0 takes any free one. Default: 0. */
  readonly port?: number;
  /** Default: `127.0.0.1`, so that nobody else can reach it. */
  readonly host?: string;
}

/** A sandbox behind a real port. */
export interface Listening {
  /** Such as `http://127.0.0.1:8000`. */
  readonly url: string;
  /** Stops, cutting connections that are still open; the store stays open. */
  close(): Promise<void>;
}

/** The body, read only as far as somebody asks for it: what nobody asked for, Node reads past by itself. */
function bodyOf(message: IncomingMessage): ReadableStream<Uint8Array> {
  let pieces: AsyncIterator<Uint8Array> | undefined;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        pieces ??= message.iterator({ destroyOnReturn: false }) as AsyncIterator<Uint8Array>;
        const next = await pieces.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
      cancel: () => void message.resume()
    },
    { highWaterMark: 0 }
  );
}

function toRequest(
  message: IncomingMessage,
  base: string,
  signal: AbortSignal
): { request: Request; lineCounts: Record<string, number> } {
  const headers = new Headers();
  const lineCounts: Record<string, number> = {};
  for (let at = 0; at < message.rawHeaders.length; at += 2) {
    const name = (message.rawHeaders[at] ?? "").toLowerCase();
    headers.append(name, message.rawHeaders[at + 1] ?? "");
    lineCounts[name] = (lineCounts[name] ?? 0) + 1;
  }
  const method = message.method ?? "GET";
  const hasBody = method !== "GET" && method !== "HEAD";
  const body = hasBody ? bodyOf(message) : null;
  const request = new Request(new URL(message.url ?? "/", base), {
    method,
    headers,
    signal,
    ...(body === null ? {} : { body, duplex: "half" })
  } as RequestInit);
  return { request, lineCounts };
}

/** Hands the answer on as fast as the client reads; a client that goes away ends the answer at its source. */
async function send(answer: Response, response: ServerResponse): Promise<void> {
  response.writeHead(answer.status, [...answer.headers].flat());
  if (answer.body === null) response.end();
  else await pipeline(Readable.fromWeb(answer.body as NodeReadableStream), response);
}

/** Puts a sandbox behind a port of this machine; rejects when the port is taken. */
export async function listen(sandbox: Sandbox, options: ListenOptions = {}): Promise<Listening> {
  const { port = 0, host = "127.0.0.1" } = options;
  await sandbox.ready();
  let base = `http://${host}`;
  const server = createServer(async (message, response) => {
    const gone = new AbortController();
    response.once("close", () => gone.abort(new Error("The client went away.")));
    try {
      const { request, lineCounts } = toRequest(message, base, gone.signal);
      await send(await sandbox.fetch(request, { lineCounts }), response);
    } catch (error) {
      if (!response.headersSent && !isConnectionReset(error) && !gone.signal.aborted) response.writeHead(500).end();
      else message.socket.resetAndDestroy();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve());
  });
  const address = server.address() as AddressInfo;
  base = `http://${address.family === "IPv6" ? `[${address.address}]` : address.address}:${address.port}`;
  return {
    url: base,
    close: () =>
      new Promise<void>((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      })
  };
}
