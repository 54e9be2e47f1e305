import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { isConnectionReset } from "../faults/connection-reset.ts";
import type { Sandbox } from "../sandbox.ts";
import { ownHosts } from "./own-host.ts";
import { toRequest } from "./to-request.ts";

/** Where to listen. */
export interface ListenOptions {
  /** 0 takes any free one. Default: 0. */
  readonly port?: number;
  /** Default: `127.0.0.1`, so that nobody else can reach it. */
  readonly host?: string;
  /**
   * Further names that clients may call it by. It answers 421 to any but these, `host`, `localhost`, loopback addresses and the
   * address that a connection came in by. Default: none.
   */
  readonly hosts?: ReadonlyArray<string>;
}

/** A sandbox behind a real port. */
export interface Listening {
  /** Such as `http://127.0.0.1:8000`. */
  readonly url: string;
  /** Stops, cutting connections that are still open; the store stays open. */
  close(): Promise<void>;
}

const notOwnName =
  "This sandbox does not answer to that name. Call it by localhost, or name the host where it is started (the option hosts).\n";
/** Methods that `fetch` knows no requests with. */
const unknownMethods = new Set(["CONNECT", "TRACE", "TRACK"]);

/** Hands the answer on as fast as the client reads; a client that goes away ends the answer at its source. */
const send = async (answer: Response, response: ServerResponse): Promise<void> => {
  response.writeHead(answer.status, [...answer.headers].flat());
  if (answer.body === null) response.end();
  else await pipeline(Readable.fromWeb(answer.body as NodeReadableStream), response);
};

/** Puts a sandbox behind a port of this machine; rejects when the port is taken. */
export const listen = async (sandbox: Sandbox, options: ListenOptions = {}): Promise<Listening> => {
  const { port = 0, host = "127.0.0.1", hosts = [] } = options;
  const isOwnHost = ownHosts([host, ...hosts]);
  await sandbox.ready();
  const server = createServer(async (message, response) => {
    // The sandbox says what its clock shows; Node would say what this machine's does.
    response.sendDate = false;
    const gone = new AbortController();
    response.once("close", () => gone.abort(new Error("The client went away.")));
    const { rawHeaders, url: target = "/" } = message;
    if (!isOwnHost(message.headers.host ?? "", message.socket.localAddress)) {
      return void response.writeHead(421, { "content-type": "text/plain; charset=utf-8" }).end(notOwnName);
    }
    if (unknownMethods.has(message.method ?? "")) return void response.writeHead(405).end();
    try {
      const request = toRequest(message, gone.signal);
      await send(await sandbox.fetch(request, { target, rawHeaders, isOwnHost: true }), response);
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
  return {
    url: `http://${address.family === "IPv6" ? `[${address.address}]` : address.address}:${address.port}`,
    close: () =>
      new Promise<void>((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      })
  };
};
