import { request } from "node:http";
import { createSandbox } from "@tideway/sandbox";
import { listen, type ListenOptions, type Listening } from "@tideway/sandbox/node";
import { afterEach, describe, expect, it } from "vitest";

const users = [{ userId: "u1", email: "anna@example.test", token: "t1" }];
let server: Listening | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});
const start = async (options: ListenOptions = {}) => {
  const sandbox = createSandbox({ users, admin: true });
  server = await listen(sandbox, options);
  return { sandbox, port: new URL(server.url).port };
};

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly allowed: string | undefined;
}

/** Asks the server at loopback by whatever name, as a browser does whose DNS was led there. */
const ask = (port: string, path: string, headers: Record<string, string>, method = "GET", body = ""): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request(
      { host: "127.0.0.1", port, path, method, headers: { accept: "text/html", ...headers } },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (piece: string) => (text += piece));
        answer.on("end", () =>
          resolve({ status: answer.statusCode ?? 0, text, allowed: answer.headers["access-control-allow-origin"] })
        );
      }
    );
    sent.on("error", reject);
    sent.end(body);
  });

const paths = ["/", "/_sandbox/log", "/_sandbox/faults", "/v1/time", "/info", "/data/u1", "/v1/users/u1/data_sets"];

describe("a sandbox behind a port, called by a name that is not its own", () => {
  it.each([
    "evil.example",
    "evil.example:PORT",
    "127.0.0.1.evil.example:PORT",
    "localhost.evil.example:PORT",
    "evil-localhost:PORT",
    "192.0.2.1:PORT",
    "0.0.0.0:PORT",
    "sandbox.test:PORT",
    "localhost@evil.example",
    "evil.example#localhost"
  ])("answers nothing: %j", async (host) => {
    const { sandbox, port } = await start();
    const headers = { host: host.replace("PORT", port), "x-tidepool-session-token": "t1" };
    for (const path of paths) {
      const { status, text } = await ask(port, path, headers);
      expect({ path, status }).toEqual({ path, status: 421 });
      expect(text).not.toContain("anna@example.test");
    }
    expect((await ask(port, "/_sandbox/faults", headers, "PUT", "503")).status).toBe(421);
    expect(sandbox.faults.current()).toEqual([]);
    expect(sandbox.log.entries()).toEqual([]);
  });

  it.each([
    "localhost:PORT",
    "LOCALHOST:PORT",
    "localhost",
    "127.0.0.1:PORT",
    "127.0.0.2:80",
    "[::1]:PORT",
    "app.localhost:1"
  ])("and by one that is, answers: %s", async (host) => {
    const { port } = await start();
    const named = { host: host.replace("PORT", port) };
    const { status, text } = await ask(port, "/", named);
    expect([status, text.includes("anna@example.test")]).toEqual([200, true]);
    expect((await ask(port, "/v1/time", named)).status).toBe(200);
  });

  it("answers to names that it was told, page and all", async () => {
    const { port } = await start({ hosts: ["tidepool.internal", "other.internal:80"] });
    for (const host of [`tidepool.internal:${port}`, "TIDEPOOL.internal", "other.internal"]) {
      expect((await ask(port, "/", { host })).status).toBe(200);
    }
    expect((await ask(port, "/", { host: "tidepool.internal.evil.example" })).status).toBe(421);
  });

  it("answers to the address that it was called at where it listens on all", async () => {
    const { port } = await start({ host: "0.0.0.0" });
    for (const host of [`127.0.0.1:${port}`, `0.0.0.0:${port}`])
      expect((await ask(port, "/", { host })).status).toBe(200);
    expect((await ask(port, "/", { host: `evil.example:${port}` })).status).toBe(421);
  });
});

describe("a page on another port of this machine", () => {
  it("may use the API, with credentials", async () => {
    const { port } = await start();
    const origin = "http://localhost:5173";
    const headers = {
      host: `localhost:${port}`,
      origin,
      "sec-fetch-site": "same-site",
      "x-tidepool-session-token": "t1"
    };
    for (const [method, path] of [
      ["GET", "/v1/users/u1/data_sets"],
      ["POST", "/v1/users/u1/data_sets"],
      ["GET", "/data/u1"],
      ["GET", "/info"],
      ["OPTIONS", "/v1/users/u1/data_sets"]
    ] as const) {
      const { status, allowed } = await ask(port, path, headers, method, method === "POST" ? "{" : "");
      expect([path, status, allowed]).toEqual([path, method === "POST" ? 400 : 200, origin]);
    }
  });

  it.each([
    [{ origin: "http://localhost:5173" }],
    [{ origin: "http://evil.example" }],
    [{ origin: "null" }],
    [{ "sec-fetch-site": "cross-site" }],
    [{ "sec-fetch-site": "same-site" }]
  ])("may not see the page nor the log, nor change a fault: %j", async (from) => {
    const { sandbox, port } = await start();
    const headers = { host: `localhost:${port}`, ...from };
    for (const path of ["/", "/_sandbox/log", "/_sandbox/faults"]) {
      expect([path, (await ask(port, path, headers)).status]).toEqual([path, 404]);
      expect((await ask(port, path, headers, "OPTIONS")).status).toBe(404);
    }
    for (const method of ["PUT", "DELETE", "POST"]) await ask(port, "/_sandbox/faults", headers, method, "503");
    expect(sandbox.faults.current()).toEqual([]);
  });

  it("may not send the login form, which the sandbox's own page may", async () => {
    const { port } = await start();
    const query = new URLSearchParams({
      client_id: "app",
      redirect_uri: "http://localhost:5173/",
      response_type: "code",
      code_challenge: "a".repeat(43),
      code_challenge_method: "S256"
    });
    const path = `/realms/tidepool/protocol/openid-connect/auth?${query}`;
    const statusOf = async (from: Record<string, string>) =>
      (await ask(port, path, { host: `localhost:${port}`, ...from }, "POST", "username=x&password=y")).status;
    expect(await statusOf({ origin: "http://localhost:5173" })).toBe(403);
    expect(await statusOf({ origin: "null", "sec-fetch-site": "cross-site" })).toBe(403);
    expect(await statusOf({ origin: "null", "sec-fetch-site": "same-origin" })).toBe(401);
    expect(await statusOf({ origin: `http://localhost:${port}`, "sec-fetch-site": "same-origin" })).toBe(401);
    expect(await statusOf({})).toBe(401);
  });
});

describe("the clock", () => {
  it("that a fault skewed moves every Date that is sent", async () => {
    const { sandbox, port } = await start();
    const base = `http://127.0.0.1:${port}`;
    const day = 86_400_000;
    await fetch(`${base}/v1/time`);
    sandbox.faults.set([
      { effect: { kind: "skew", milliseconds: -3 * day } },
      { effect: { kind: "status", status: 503 }, on: "GET /version" }
    ]);
    const oidc = "/realms/tidepool/protocol/openid-connect";
    const asked: ReadonlyArray<[string, RequestInit?]> = [
      ["/v1/time"],
      ["/info"],
      ["/realms/tidepool/.well-known/openid-configuration"],
      [`${oidc}/certs`],
      [`${oidc}/token`, { method: "POST", body: "grant_type=x&client_id=y" }],
      [`${oidc}/auth`],
      ["/auth/login", { method: "POST" }],
      ["/data/u1"],
      ["/data/status"],
      ["/v1/users/u1/data_sets", { headers: { "x-tidepool-session-token": "t1" } }],
      ["/v1/nothing"],
      ["/v1/%zz"],
      ["/version"],
      ["/", { headers: { accept: "text/html" } }],
      ["/_sandbox/log"],
      ["/v1/time", { method: "OPTIONS" }]
    ];
    for (const [path, init] of asked) {
      const date = Date.parse((await fetch(base + path, init)).headers.get("date")?.replace("UTC", "GMT") ?? "");
      const off = Math.round((date - Date.now()) / day);
      expect({ path, off }).toEqual({ path, off: -3 });
    }
  });
});
