import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** An answer that a test wants in place of the real one. */
export interface Scripted {
  /** `METHOD /path`, the path's beginning. */
  readonly on: string;
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Cuts the connection: before an answer, or in the middle of its body. */
  readonly cut?: "before" | "within";
  /** Never answers. */
  readonly hang?: boolean;
  /** Sends the body, and never its end. */
  readonly endless?: boolean;
  /** How often. Default: 1. */
  readonly times?: number;
}

/** A request that arrived. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

/** What a test sets up. */
export interface World {
  /** Token → user id: what the server accepts now. */
  tokens: Record<string, string>;
  /** Refresh part of a session token → user id: each is good for one renewal. */
  refreshes: Record<string, string>;
  /** User id → password, e-mail address. */
  users: Record<string, { email: string; password: string }>;
  /** `target caller` pairs with the caller's rights. */
  rights: Record<string, Record<string, object>>;
  /** What each data set holds. */
  data: Record<string, Array<unknown>>;
  sets: Array<{ id: string; userId: string; client: { name: string } }>;
  scripted: Array<Scripted>;
  /** Seconds that a session token made here lives. */
  life: number;
  /** Milliseconds that a renewal takes. */
  slow: number;
  /** Where tokens that are not in `tokens` are asked about: the control address of an OIDC issuer. */
  issuer: string;
}

const emptyWorld = (): World => ({
  tokens: {},
  refreshes: {},
  users: {},
  rights: {},
  data: {},
  sets: [],
  scripted: [],
  life: 600,
  slow: 0,
  issuer: ""
});

/** A server that answers in the platform's shapes, written from its description and from nothing of this project. */
export const listen = async (): Promise<{ url: string; close(): Promise<void> }> => {
  let world = emptyWorld();
  let seen: Array<Seen> = [];
  let made = 0;

  const server = createServer((request, response) => {
    const chunks: Array<Buffer> = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => answer(request, response, Buffer.concat(chunks).toString()));
  });

  const answer = (request: IncomingMessage, response: ServerResponse, body: string): unknown => {
    const url = new URL(request.url ?? "/", "http://x");
    const method = request.method ?? "GET";
    cors(request, response, url.pathname.startsWith("/__"));
    if (method === "OPTIONS") return response.writeHead(204).end();
    if (url.pathname === "/__/world") {
      world = { ...emptyWorld(), ...(JSON.parse(body) as Partial<World>) };
      seen = [];
      return json(response, 200, {});
    }
    if (url.pathname === "/__/change") {
      Object.assign(world, JSON.parse(body));
      return json(response, 200, {});
    }
    if (url.pathname === "/__/seen") return json(response, 200, seen);
    seen.push({ method, path: url.pathname, query: url.search, headers: request.headers, body });
    const script = world.scripted.find((one) => `${method} ${url.pathname}`.startsWith(one.on));
    if (script !== undefined) return play(script, response);
    return world.issuer === "" ? real(request, response, url, body) : introspected(request, response, url, body);
  };

  const introspected = async (request: IncomingMessage, response: ServerResponse, url: URL, body: string) => {
    const token = String(request.headers["x-tidepool-session-token"] ?? "");
    const answer = await fetch(`${world.issuer}/__/token?value=${encodeURIComponent(token)}`);
    const { accountId } = (await answer.json()) as { accountId?: string };
    if (accountId === undefined) delete world.tokens[token];
    else world.tokens[token] = accountId;
    real(request, response, url, body);
  };

  const play = (script: Scripted, response: ServerResponse): unknown => {
    const left = (script.times ?? 1) - 1;
    world.scripted = world.scripted.flatMap((one) =>
      one !== script ? [one] : left > 0 ? [{ ...script, times: left }] : []
    );
    if (script.hang) return undefined;
    if (script.cut === "before") return response.destroy();
    response.writeHead(script.status ?? 200, { "Content-Type": "application/json", ...script.headers });
    if (script.endless) return response.write(script.body ?? "");
    if (script.cut !== "within") return response.end(script.body ?? "");
    return response.write(script.body ?? "", () => setImmediate(() => response.destroy()));
  };

  const real = (request: IncomingMessage, response: ServerResponse, url: URL, body: string) => {
    const method = request.method ?? "GET";
    const path = url.pathname.replace(/^\/dataservices/, "");
    const token = String(request.headers["x-tidepool-session-token"] ?? "");
    const caller = world.tokens[token];
    if (path.startsWith("/auth/")) return auth(request, response, method, path, token);
    if (path === "/v1/time") return wrapped(response, 200, { time: new Date().toISOString() });
    const data = /^\/data\/([^/]+)$/.exec(path);
    if (data !== null) {
      if (caller === undefined || !may(data[1] ?? "", caller, "view")) {
        return json(response, 403, { status: 403, id: "i", code: "data_cant_view", message: "not authorized" });
      }
      const items = world.data[url.searchParams.get("uploadId") ?? ""] ?? [];
      const text = items.map((item) => `\n${JSON.stringify(item)}`).join(",");
      response.writeHead(200, { "Content-Type": "application/json" });
      return response.end(items.length === 0 ? "[]" : `[${text}\n]`);
    }
    if (caller === undefined) {
      return json(response, 401, { code: "unauthenticated", title: "authentication token is invalid", detail: "x" });
    }
    const access = /^\/access\/([^/]+)\/([^/]+)$/.exec(path);
    if (access !== null) {
      const [, target = "", other = ""] = access;
      const rights = target === other ? { root: {} } : world.rights[`${target} ${other}`];
      return rights === undefined
        ? json(response, 404, { statusCode: 404, message: "no relation" })
        : json(response, 200, rights);
    }
    const users = /^\/v1\/users\/([^/]+)\/data_sets$/.exec(path);
    if (users !== null) return sets(response, method, users[1] ?? "", caller, url, body);
    const one = /^\/v1\/data_?sets\/([^/]+)(\/data)?$/.exec(path);
    if (one !== null && method !== "GET") {
      const set = world.sets.find(({ id }) => id === one[1]);
      if (set === undefined) return failed(response, 404, "data-set-id-not-found");
      if (!may(set.userId, caller, "upload")) return failed(response, 403, "unauthorized");
      if (one[2] !== undefined && method === "POST") (world.data[set.id] ??= []).push(...(JSON.parse(body) as []));
      return wrapped(response, 200, one[2] === undefined ? {} : []);
    }
    return json(response, 404, { Error: "Resource not found" });
  };

  const sets = (response: ServerResponse, method: string, target: string, caller: string, url: URL, body: string) => {
    if (method === "POST") {
      if (!may(target, caller, "upload")) return failed(response, 403, "unauthorized");
      const id = String((made += 1)).padStart(32, "0");
      const set = { ...(JSON.parse(body) as { client: { name: string } }), id, uploadId: id, userId: target };
      world.sets.push(set);
      const { userId: _, ...shown } = set;
      return wrapped(response, 201, { ...shown, type: "upload", createdTime: new Date().toISOString() });
    }
    if (!may(target, caller, "view") && !may(target, caller, "upload")) {
      return json(response, 403, { code: "unauthorized", title: "x", detail: "x" });
    }
    const name = url.searchParams.get("client.name");
    return json(
      response,
      200,
      world.sets.filter((set) => set.userId === target && (name === null || set.client.name === name))
    );
  };

  const auth = (request: IncomingMessage, response: ServerResponse, method: string, path: string, token: string) => {
    if (path === "/auth/logout") {
      delete world.tokens[token];
      return response.writeHead(200).end();
    }
    if (path === "/auth/login" && method === "POST") {
      const [, basic = ""] = /^Basic (.+)$/.exec(request.headers.authorization ?? "") ?? [];
      const [email, password] = Buffer.from(basic, "base64").toString().split(":");
      const user = Object.entries(world.users).find(([, one]) => one.email === email && one.password === password);
      if (user === undefined) return json(response, 401, { code: 401, reason: "No user matched the given details" });
      return session(response, user[0], { userid: user[0], username: email, emails: [email], emailVerified: true });
    }
    const userId = world.tokens[token];
    if (path === "/auth/user") {
      if (userId === undefined) return response.writeHead(401).end();
      const username = world.users[userId]?.email;
      return json(response, 200, { userid: userId, username, emails: [username], emailVerified: true });
    }
    if (!token.startsWith("kc:")) return response.writeHead(401).end();
    const part = token.split(":")[2] ?? "";
    const owner = world.refreshes[part];
    if (owner === undefined) {
      return json(response, 401, { code: 401, reason: "No x-tidepool-session-token was found" });
    }
    delete world.refreshes[part];
    for (const one of Object.keys(world.tokens)) if (one.endsWith(`:${part}`)) delete world.tokens[one];
    return setTimeout(() => session(response, owner, { isserver: false, userid: owner }), world.slow);
  };

  const session = (response: ServerResponse, userId: string, body: object) => {
    made += 1;
    const now = Math.floor(Date.now() / 1000);
    const claims = Buffer.from(JSON.stringify({ iat: now, exp: now + world.life })).toString("base64url");
    const token = `kc:e30.${claims}.sig${made}:refresh${made}`;
    world.tokens[token] = userId;
    world.refreshes[`refresh${made}`] = userId;
    response.setHeader("X-Tidepool-Session-Token", token);
    return json(response, 200, { ...body, expires_at: now + world.life });
  };

  const may = (target: string, caller: string, right: string) =>
    target === caller || world.rights[`${target} ${caller}`]?.[right] !== undefined;

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      })
  };
};

const json = (response: ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { "Content-Type": "application/json; charset=utf-8" }).end(JSON.stringify(body));

const wrapped = (response: ServerResponse, status: number, data: unknown) => {
  response.setHeader("Date", new Date().toUTCString().replace("GMT", "UTC"));
  json(response, status, { data, meta: { trace: { request: "t" } } });
};

const failed = (response: ServerResponse, status: number, code: string) =>
  json(response, status, { errors: [{ code, title: code, detail: code, status: String(status) }], meta: {} });

// As the gateway sends it: what is not in these lists, a page can neither send nor read.
const cors = (request: IncomingMessage, response: ServerResponse, open: boolean) => {
  response.setHeader("Access-Control-Allow-Origin", request.headers.origin ?? "*");
  response.setHeader("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE, OPTIONS");
  response.setHeader(
    "Access-Control-Allow-Headers",
    "authorization, content-type, x-tidepool-session-token, x-tidepool-trace-request, x-tidepool-trace-session"
  );
  response.setHeader("Access-Control-Max-Age", "600");
  response.setHeader(
    "Access-Control-Expose-Headers",
    open ? "*" : "x-tidepool-session-token, x-tidepool-trace-request, x-tidepool-trace-session"
  );
};
