import { Agent, request } from "node:http";
import { createSandbox } from "@tideway/sandbox";
import { listen, type Listening } from "@tideway/sandbox/node";
import { afterEach, describe, expect, it } from "vitest";
import { clientOf, continuous, reading } from "./client.ts";

const users = [{ userId: "u1", email: "anna@example.test", token: "t1" }];
let server: Listening | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const get = (path: string, headers: Record<string, string> = {}) => new Request(`http://localhost${path}`, { headers });

describe("the gateway", () => {
  it("answers both route families, and no others", async () => {
    const client = clientOf(createSandbox({ users }), "t1");
    const uploadId = await client.open("u1");
    const paths = [
      "/v1/users/u1/data_sets",
      "/dataservices/v1/users/u1/datasets",
      `/dataservices/v1/data_sets/${uploadId}`,
      "/dataservices/v1/time",
      "/dataservices/status",
      "/data/status"
    ];
    for (const path of paths) expect([path, (await client.call("GET", path)).status]).toEqual([path, 200]);
    expect((await client.call("GET", "/dataservice/v1/time")).status).toBe(404);
    expect((await client.call("GET", "/v1/time/")).status).toBe(404);
  });

  it("lets any origin read answers, with credentials, and see the session token", async () => {
    const sandbox = createSandbox({ users });
    const answer = await sandbox.fetch(get("/v1/time", { origin: "https://app.example" }));
    expect(answer.headers.get("access-control-allow-origin")).toBe("https://app.example");
    expect(answer.headers.get("access-control-allow-credentials")).toBe("true");
    expect(answer.headers.get("access-control-expose-headers")).toBe(
      "x-tidepool-session-token,x-tidepool-trace-request,x-tidepool-trace-session"
    );
  });

  it("answers a preflight, and does not allow content-encoding", async () => {
    const headers = { origin: "https://app.example", "access-control-request-method": "POST" };
    const preflight = new Request("http://localhost/v1/data_sets/x/data", { method: "OPTIONS", headers });
    const answer = await createSandbox({ users }).fetch(preflight);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-max-age")).toBe("600");
    expect(answer.headers.get("access-control-allow-headers")).not.toContain("content-encoding");
  });

  it("gzips where that is accepted, and says that answers vary", async () => {
    server = await listen(createSandbox({ users }));
    const answer = await fetch(`${server.url}/v1/time`);
    expect(answer.headers.get("content-encoding")).toBe("gzip");
    expect(answer.headers.get("vary")).toBe("Accept-Encoding");
    expect(answer.headers.get("date")).toMatch(/ UTC$/);
    expect(await answer.json()).toHaveProperty("meta.trace.request");
  });

  it("refuses an absurd body with a clear answer, also where no length was told", async () => {
    const sandbox = createSandbox({ users, maxBodyBytes: 1000 });
    const client = clientOf(sandbox, "t1");
    const uploadId = await client.open("u1");
    const answer = await client.call("POST", `/v1/data_sets/${uploadId}/data`, `[${" ".repeat(2000)}]`);
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ title: expect.stringContaining("maxBodyBytes") as string });
    expect((await client.call("POST", `/v1/data_sets/${uploadId}/data`, [reading("a")])).status).toBe(200);
  });

  it("answers the next request of a connection whose last one brought a body that nobody read", async () => {
    server = await listen(createSandbox({ users, maxBodyBytes: 1_000_000 }));
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const address = `${server.url}/v1/data_sets/unknown/data`;
    const statusOf = (token: string, bytes: number) =>
      new Promise<number | undefined>((resolve, reject) => {
        const sent = request(address, { method: "POST", agent, headers: { "x-tidepool-session-token": token } });
        sent.on("response", (answer) => answer.resume().on("end", () => resolve(answer.statusCode)));
        sent.on("error", reject);
        sent.end(Buffer.alloc(bytes, " "));
      });
    expect([await statusOf("bad", 3e6), await statusOf("t1", 10), await statusOf("bad", 10)]).toEqual([401, 404, 401]);
    agent.destroy();
  });

  it("binds to loopback and tells two lines of one header from a comma", async () => {
    server = await listen(createSandbox({ users }));
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const ask = async (headers: Array<[string, string]>) =>
      (await fetch(`${server?.url}/v1/users/u1/data_sets`, { headers })).status;
    expect(await ask([["x-tidepool-session-token", "t1"]])).toBe(200);
    expect(await ask([["x-tidepool-session-token", "t1, t1"]])).toBe(401);
  });
});

describe("the page at /", () => {
  it("shows users, sessions, newest data and the last requests, and no token", async () => {
    const sandbox = createSandbox({ users });
    const client = clientOf(sandbox, "t1");
    const uploadId = await client.open("u1");
    await client.call("POST", `/v1/data_sets/${uploadId}/data`, [reading("a"), reading("<script>alert(1)</script>")]);
    const answer = await sandbox.fetch(get("/", { accept: "text/html" }));
    const html = await answer.text();
    for (const text of ["anna@example.test", uploadId, "2 cbg", "2020-05-14T08:17:08Z", "POST"])
      expect(html).toContain(text);
    expect(html).not.toContain("<script");
    expect(html).not.toContain("t1<");
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  it("is not there for a program, for another name of this machine, or for a page of another site", async () => {
    const sandbox = createSandbox({ users });
    const html = { accept: "text/html" };
    expect((await sandbox.fetch(get("/"))).status).toBe(404);
    expect((await sandbox.fetch(new Request("http://evil.example/", { headers: html }))).status).toBe(404);
    expect((await sandbox.fetch(get("/", { ...html, origin: "http://evil.example" }))).status).toBe(404);
    const own = await sandbox.fetch(get("/", { ...html, origin: "http://localhost" }));
    expect([own.status, own.headers.get("access-control-allow-origin")]).toEqual([200, null]);
  });
});

describe("the admin route", () => {
  const put = (body: string, headers = {}) =>
    new Request("http://localhost/_sandbox/faults", { method: "PUT", body, headers });

  it("is off unless asked for", async () => {
    expect((await createSandbox({ users }).fetch(get("/_sandbox/faults"))).status).toBe(404);
  });

  it("switches faults while the sandbox runs, from JSON or text", async () => {
    const sandbox = createSandbox({ users, admin: true });
    const client = clientOf(sandbox, "t1");
    await sandbox.fetch(put("503 times=1"));
    expect((await client.call("GET", "/v1/time")).status).toBe(503);
    expect((await client.call("GET", "/v1/time")).status).toBe(200);
    await sandbox.fetch(put('[{"effect":{"kind":"status","status":500}}]'));
    expect((await client.call("GET", "/v1/time")).status).toBe(500);
    await sandbox.fetch(new Request("http://localhost/_sandbox/faults", { method: "DELETE" }));
    expect((await client.call("GET", "/v1/time")).status).toBe(200);
    expect(await (await sandbox.fetch(get("/_sandbox/log"))).json()).toHaveLength(4);
  });

  it.each(["[{}]", '[{"effect":{"kind":"status"}}]', '[{"effect":{"kind":"hang"},"times":"x"}]', "[", "explode"])(
    "refuses what is no fault: %s",
    async (body) => {
      const sandbox = createSandbox({ users, admin: true });
      expect((await sandbox.fetch(put(body))).status).toBe(400);
      expect(sandbox.faults.current()).toEqual([]);
    }
  );

  it("does not listen to pages of other sites", async () => {
    const sandbox = createSandbox({ users, admin: true });
    expect((await sandbox.fetch(put("503", { origin: "https://evil.example" }))).status).toBe(404);
    expect(sandbox.faults.current()).toEqual([]);
  });
});

describe("a sandbox as the bare service", () => {
  it("knows /v1 only", async () => {
    const client = clientOf(createSandbox({ users, surface: "service" }), "t1");
    expect((await client.call("POST", "/v1/users/u1/data_sets", continuous)).status).toBe(201);
    for (const path of ["/", "/dataservices/v1/time", "/auth/user", "/data/u1", "/info"]) {
      expect([path, (await client.call("GET", path)).status]).toEqual([path, 404]);
    }
  });
});
