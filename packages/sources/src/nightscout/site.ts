import { sha1 } from "@noble/hashes/legacy.js";
import { InvalidOption } from "../invalid-option.ts";
import { NightscoutError } from "./nightscout-error.ts";

/** What a site is asked with: `fetch` itself, or ky. */
export type NightscoutFetch = (
  url: string,
  init: { readonly headers: Record<string, string>; readonly signal?: AbortSignal }
) => Promise<Response>;

/** Who asks. Neither: a site that everybody may read. */
export interface NightscoutLogin {
  /** An access token, as the site's admin tools show it: `reader-0123456789abcdef`. */
  readonly token?: string;
  /** The API_SECRET itself. Reads API v1 only, and is sent as a hash. */
  readonly secret?: string;
}

const failedLoginDelay = 5000;

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const reasons: Readonly<Record<number, string>> = {
  401: "The site refused the login: check the token or the secret. It was tried once only, for each failure makes the site answer 5 seconds later.",
  403: "The site knows the login, which may not read: give its subject the role readable.",
  404: "What answered has no such API: check the address, which is that of the site's first page."
};

/** The address of a site's first page, and a token that people have copied with it. */
const addressOf = (url: string | URL): { readonly base: string; readonly token: string | undefined } => {
  let address: URL;
  try {
    address = new URL(url);
  } catch {
    throw new InvalidOption("url", "must be the address of a site, such as https://example.org.");
  }
  if (!/^https?:$/u.test(address.protocol) || address.username !== "" || address.password !== "") {
    throw new InvalidOption("url", "must begin with https:// or http:// and hold no login.");
  }
  const token = address.searchParams.get("token") ?? undefined;
  const path = address.pathname.replace(/\/(?:api(?:\/.*)?)?$/u, "");
  return { base: `${address.origin}${path}`, token };
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** Asks a site, one request after another, with a login that stands in headers only. */
export class Site {
  private readonly base: string;
  private readonly login: NightscoutLogin;
  private readonly fetch: NightscoutFetch;
  private readonly signal: AbortSignal | undefined;
  private bearer: string | undefined;

  constructor(url: string | URL, login: NightscoutLogin, fetch: NightscoutFetch, signal: AbortSignal | undefined) {
    const { base, token } = addressOf(url);
    this.base = base;
    this.login = login.token === undefined && token !== undefined ? { ...login, token } : login;
    if (this.login.token !== undefined && !/^[\w.~%-]+$/u.test(this.login.token)) {
      throw new InvalidOption("token", "must be an access token, such as reader-0123456789abcdef.");
    }
    this.fetch = fetch;
    this.signal = signal;
  }

  /** API v3 takes tokens only. */
  get hasToken(): boolean {
    return this.login.token !== undefined;
  }

  /** The documents that API v1 answers a query with. */
  async v1(path: string, query: ReadonlyArray<readonly [string, string]>): Promise<ReadonlyArray<unknown>> {
    const answer = await this.ask(`/api/v1/${path}`, query);
    if (Array.isArray(answer)) return answer;
    throw new NightscoutError(
      "not-nightscout",
      "What answered is no list of documents: is this the address of a Nightscout site?"
    );
  }

  /** The documents that API v3 answers a query with. */
  async v3(path: string, query: ReadonlyArray<readonly [string, string]>): Promise<ReadonlyArray<unknown>> {
    const answer = await this.ask(`/api/v3/${path}`, query);
    const result = isObject(answer) ? (answer["result"] ?? answer) : answer;
    if (Array.isArray(result)) return result;
    throw new NightscoutError(
      "not-nightscout",
      "What answered does not speak API v3: the site may be older than that."
    );
  }

  private async ask(path: string, query: ReadonlyArray<readonly [string, string]>): Promise<unknown> {
    const url = `${this.base}${path}?${new URLSearchParams(query.map(([name, value]) => [name, value])).toString()}`;
    const hadBearer = this.bearer !== undefined;
    let response = await this.send(url, await this.headers());
    if (response.status === 401 && hadBearer) {
      // What the token was exchanged for holds for some hours: one that was taken before is had anew, once.
      this.bearer = undefined;
      response = await this.send(url, await this.headers());
    }
    return this.bodyOf(response);
  }

  private async headers(): Promise<Record<string, string>> {
    const { token, secret } = this.login;
    const accept = { accept: "application/json" };
    if (token !== undefined)
      return { ...accept, authorization: `Bearer ${(this.bearer ??= await this.exchange(token))}` };
    return secret === undefined ? accept : { ...accept, "api-secret": hex(sha1(new TextEncoder().encode(secret))) };
  }

  private async exchange(token: string): Promise<string> {
    const url = `${this.base}/api/v2/authorization/request/${encodeURIComponent(token)}`;
    const answer = await this.bodyOf(await this.send(url, { accept: "application/json" }));
    const bearer = isObject(answer) ? answer["token"] : undefined;
    if (typeof bearer === "string") return bearer;
    throw new NightscoutError(
      "not-nightscout",
      "What answered does not exchange access tokens: is this a Nightscout site of version 0.9 or later?"
    );
  }

  private async send(url: string, headers: Record<string, string>): Promise<Response> {
    try {
      return await this.fetch(url, this.signal ? { headers, signal: this.signal } : { headers });
    } catch (error) {
      this.signal?.throwIfAborted();
      // ky throws what was answered with a status of an error. No cause: it may hold the address, and in it a token.
      const { response } = (isObject(error) ? error : {}) as { readonly response?: unknown };
      if (response instanceof Response) return response;
      throw new NightscoutError(
        "unreachable",
        "The site does not answer: check its address, and whether it is running."
      );
    }
  }

  private async bodyOf(response: Response): Promise<unknown> {
    const { status } = response;
    if (!response.ok) {
      await response.body?.cancel();
      const isLogin = status === 401;
      const code = isLogin
        ? "unauthorized"
        : status === 403
          ? "forbidden"
          : status === 429 || status >= 500
            ? "unavailable"
            : "not-nightscout";
      const message = reasons[status] ?? `The site answered with status ${status}.`;
      throw new NightscoutError(code, message, status, isLogin ? failedLoginDelay : undefined);
    }
    try {
      return (await response.json()) as unknown;
    } catch {
      this.signal?.throwIfAborted();
      throw new NightscoutError(
        "not-nightscout",
        "What answered is no JSON: is this the address of a Nightscout site?",
        status
      );
    }
  }
}
