import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSandbox, type SandboxRuntime } from "@tideway/sandbox";
import { createSqliteStore } from "@tideway/sandbox/node";
import { describe, expect, it } from "vitest";
import { clientOf } from "./client.ts";

const anna = { userId: "a1b2c3d4e5", email: "anna@example.test", password: "correct horse" };
const unverified = { email: "new@example.test", password: "p", emailVerified: false };

const clock = () => {
  let now = Date.UTC(2026, 0, 1);
  const runtime: Pick<SandboxRuntime, "now"> = { now: () => now };
  return { runtime, pass: (milliseconds: number) => (now += milliseconds) };
};

const logIn = async (sandbox: ReturnType<typeof createSandbox>, email = anna.email, password = anna.password) => {
  const headers = { authorization: `Basic ${btoa(`${email}:${password}`)}` };
  return sandbox.fetch(new Request("http://sandbox.test/auth/login", { method: "POST", headers }));
};

const tokenOf = (answer: Response) => answer.headers.get("x-tidepool-session-token") ?? "";

describe("POST /auth/login", () => {
  it("gives the user and a token of access and refresh part", async () => {
    const answer = await logIn(createSandbox({ users: [anna] }));
    expect(tokenOf(answer)).toMatch(/^kc:[^:]+:[^:]+$/);
    expect(await answer.json()).toMatchObject({ userid: anna.userId, username: anna.email, emails: [anna.email] });
  });

  it.each([
    [401, "No user matched the given details", anna.email, "wrong"],
    [401, "No user matched the given details", "nobody@example.test", "x"],
    [403, "The user hasn't verified this account yet", unverified.email, unverified.password],
    [400, "Missing id and/or password", anna.email, ""]
  ])("answers %i %s", async (code, reason, email, password) => {
    const answer = await logIn(createSandbox({ users: [anna, unverified] }), email, password);
    expect([answer.status, await answer.json()]).toEqual([code, { code, reason }]);
  });
});

describe("GET /auth/login", () => {
  it("renews a session whose access part has expired, and spends the old refresh part", async () => {
    const { runtime, pass } = clock();
    const sandbox = createSandbox({ users: [anna], runtime });
    const old = tokenOf(await logIn(sandbox));
    pass(10 * 60_000 + 1);
    expect((await clientOf(sandbox, old).call("GET", "/auth/user")).status).toBe(401);
    const renewed = await clientOf(sandbox, old).call("GET", "/auth/login");
    expect(await renewed.json()).toEqual({
      isserver: false,
      userid: anna.userId,
      expires_at: Math.floor((runtime.now() + 600_000) / 1000)
    });
    expect((await clientOf(sandbox, tokenOf(renewed)).call("GET", "/auth/user")).status).toBe(200);
    const again = await clientOf(sandbox, old).call("GET", "/auth/login");
    expect([again.status, await again.json()]).toEqual([
      401,
      { code: 401, reason: "No x-tidepool-session-token was found" }
    ]);
  });

  it("answers 401 with an empty body to a token of another form that is not good", async () => {
    const answer = await clientOf(createSandbox({ users: [anna] }), "whatever").call("GET", "/auth/login");
    expect([answer.status, await answer.text()]).toEqual([401, ""]);
  });
});

describe("POST /auth/logout", () => {
  it("answers 200 to anything and ends the login", async () => {
    const sandbox = createSandbox({ users: [anna] });
    const token = tokenOf(await logIn(sandbox));
    expect((await clientOf(sandbox, "nonsense").call("POST", "/auth/logout")).status).toBe(200);
    expect((await clientOf(sandbox, token).call("POST", "/auth/logout")).status).toBe(200);
    expect((await clientOf(sandbox, token).call("GET", "/auth/user")).status).toBe(401);
    expect((await clientOf(sandbox, token).call("GET", "/auth/login")).status).toBe(401);
  });
});

describe("what is kept on disk", () => {
  it("holds no password and no token in clear text, and a login outlives a restart", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sandbox-"));
    const path = join(folder, "data.sqlite");
    const users = [{ ...anna, tokens: ["seeded-token-of-anna"] }];
    const store = createSqliteStore({ path });
    const sandbox = createSandbox({ users, store });
    const token = tokenOf(await logIn(sandbox));
    store.close();
    const bytes = readdirSync(folder).map((name) => readFileSync(join(folder, name), "latin1"));
    const secrets = [anna.password, "seeded-token-of-anna", ...token.split(":").slice(1)];
    expect(secrets.filter((secret) => bytes.join("").includes(secret))).toEqual([]);
    const reopened = createSqliteStore({ path });
    const again = createSandbox({ users: [], store: reopened });
    expect((await clientOf(again, token).call("GET", "/auth/user")).status).toBe(200);
    expect((await logIn(again)).status).toBe(200);
    reopened.close();
    rmSync(folder, { recursive: true });
  });
});

describe("a restricted token", () => {
  it("opens the paths it was made for, in the query, until it expires", async () => {
    const { runtime, pass } = clock();
    const sandbox = createSandbox({ users: [{ ...anna, token: "t1" }], runtime });
    const made = await clientOf(sandbox, "t1").json<{ id: string }>(
      "POST",
      `/v1/users/${anna.userId}/restricted_tokens`,
      { paths: [`/data/${anna.userId}`] }
    );
    const status = async (path: string) =>
      (await sandbox.fetch(new Request(`http://sandbox.test${path}?restricted_token=${made.id}`))).status;
    expect(await status(`/data/${anna.userId}`)).toBe(200);
    expect(await status(`/v1/users/${anna.userId}/data_sets`)).toBe(401);
    pass(2 * 3_600_000);
    expect(await status(`/data/${anna.userId}`)).toBe(403);
  });
});

describe("the user agent", () => {
  it("of axios gets a token that is good for very long, as the real login service gives it", async () => {
    const { runtime, pass } = clock();
    const sandbox = createSandbox({ users: [anna], runtime });
    const headers = { authorization: `Basic ${btoa(`${anna.email}:${anna.password}`)}`, "user-agent": "axios/1.7.0" };
    const answer = await sandbox.fetch(new Request("http://sandbox.test/auth/login", { method: "POST", headers }));
    pass(24 * 3_600_000);
    expect((await clientOf(sandbox, tokenOf(answer)).call("GET", "/auth/user")).status).toBe(200);
  });
});
