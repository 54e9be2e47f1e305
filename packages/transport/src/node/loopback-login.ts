import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Unauthenticated } from "@tideway/core";
import { createLoginContext, type ContextOptions } from "../login-context.ts";
import { beginCodeLogin, finishCodeLogin, type CodeLoginOptions } from "../oidc/code-login.ts";
import { keepLogin, type StoredLoginOptions } from "../stored-login.ts";

/** What a login through the user's browser needs. */
export interface LoopbackLoginOptions extends ContextOptions, CodeLoginOptions, StoredLoginOptions {
  /** Shows the login page: starts a browser, or prints the address for a person to open. */
  readonly openBrowser: (url: string) => void | Promise<void>;
  /** Port of 127.0.0.1 for the browser to come back to. Default: any free one, as RFC 8252 has it. */
  readonly port?: number;
  /** Milliseconds to wait for the person. Default: 300,000. */
  readonly patience?: number;
  readonly signal?: AbortSignal;
}

const path = "/callback";

/**
 * Logs a person in through their browser, which comes back to a port of this machine (RFC 8252, with PKCE), and leaves
 * the login in the store for `storedLogin`. Rejects with a `TransportError`, or with the signal's reason.
 */
export const loopbackLogin = async (options: LoopbackLoginOptions): Promise<void> => {
  const { openBrowser, port = 0, patience = 300_000, signal } = options;
  signal?.throwIfAborted();
  const context = createLoginContext(options);
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", resolve);
    });
    const redirectUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
    const pending = await beginCodeLogin(redirectUri, options, context);
    const back = callback(server, pending.state, patience, signal);
    // Looked at below; without this, an abort while the browser opens would count as unhandled.
    back.catch(() => {});
    await openBrowser(pending.url);
    const { url, show } = await back;
    try {
      const login = await finishCodeLogin(url, pending, context);
      await keepLogin(login, options, context.http.server);
      show("You are logged in. You can close this window.");
    } catch (error) {
      show("The login did not work. The program that asked for it says why.");
      throw error;
    }
  } finally {
    server.close();
    server.closeIdleConnections();
  }
};

interface Callback {
  readonly url: URL;
  /** Answers the browser. */
  readonly show: (text: string) => void;
}

const callback = (
  server: Server,
  state: string,
  patience: number,
  signal: AbortSignal | undefined
): Promise<Callback> =>
  new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", aborted);
    };
    const aborted = () => {
      done();
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      done();
      reject(new Unauthenticated({ message: "The login page was not completed in time. Start the login again." }));
    }, patience);
    signal?.addEventListener("abort", aborted);
    server.on("request", (request, response) => {
      const url = new URL(request.url ?? "/", "http://127.0.0.1");
      // Anything on this machine can call this port: only the answer to our own question counts, and only once.
      if (request.method !== "GET" || url.pathname !== path || url.searchParams.get("state") !== state) {
        response.writeHead(404, { Connection: "close" }).end();
        return;
      }
      done();
      resolve({
        url,
        show: (text) =>
          response
            .writeHead(200, {
              "Content-Type": "text/html; charset=utf-8",
              "Content-Security-Policy": "default-src 'none'",
              "Referrer-Policy": "no-referrer",
              Connection: "close"
            })
            .end(`<!doctype html><html lang="en"><title>Tideway</title><p>${text}</p></html>`)
      });
    });
  });
