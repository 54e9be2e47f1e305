import { ConnectionReset, createSandbox, parseFaults, type Fault, type SandboxRuntime } from "@tideway/sandbox";
import { listen } from "@tideway/sandbox/node";
import { describe, expect, it } from "vitest";
import { clientOf, reading } from "./client.ts";

const users = [{ userId: "u1", token: "t1" }];
const post = "POST /v1/data_sets/*";

/** A runtime whose sleeps end at once and are written down. */
const virtual = () => {
  const slept: Array<number> = [];
  const sleep: SandboxRuntime["sleep"] = async (milliseconds) => void slept.push(milliseconds);
  return { slept, runtime: { sleep } };
};

const opened = async (faults: ReadonlyArray<Fault>, runtime: Partial<SandboxRuntime> = {}) => {
  const sandbox = createSandbox({ users, runtime });
  const client = clientOf(sandbox, "t1");
  const uploadId = await client.open("u1");
  sandbox.faults.set(faults);
  const send = (...data: ReadonlyArray<unknown>) => client.call("POST", `/v1/data_sets/${uploadId}/data`, data);
  return { sandbox, client, uploadId, send, stored: async () => (await client.read("u1", uploadId)).length };
};

describe("a fault", () => {
  it("answers with a status and Retry-After so many times, and nothing is stored", async () => {
    const { send, stored } = await opened([
      { effect: { kind: "status", status: 429, retryAfter: 7 }, on: post, times: 2 }
    ]);
    const answers = [await send(reading("a")), await send(reading("a"))];
    expect(answers.map(({ status, headers }) => [status, headers.get("retry-after")])).toEqual([
      [429, "7"],
      [429, "7"]
    ]);
    expect(await stored()).toBe(0);
    expect((await send(reading("a"))).status).toBe(200);
  });

  it("answers with a status after the work, as a gateway that lost patience", async () => {
    const { send, stored } = await opened([
      { effect: { kind: "status", status: 504, when: "after" }, on: post, times: 1 }
    ]);
    expect((await send(reading("a"))).status).toBe(504);
    expect(await stored()).toBe(1);
  });

  it.each(["before", "after"] as const)("cuts the connection %s the work", async (when) => {
    const { send, stored } = await opened([{ effect: { kind: "reset", when }, on: post, times: 1 }]);
    const error: unknown = await send(reading("a")).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConnectionReset);
    expect(error).toBeInstanceOf(TypeError);
    expect(await stored()).toBe(when === "before" ? 0 : 1);
  });

  it("delays by the runtime's own clock", async () => {
    const { slept, runtime } = virtual();
    const { send } = await opened([{ effect: { kind: "delay", milliseconds: 90_000 } }], runtime);
    expect((await send(reading("a"))).status).toBe(200);
    expect(slept).toEqual([90_000]);
  });

  it("hangs until the client gives up", async () => {
    const { sandbox } = await opened([{ effect: { kind: "hang" } }]);
    const patience = new AbortController();
    const request = new Request("http://sandbox.test/v1/time", { signal: patience.signal });
    const answer = sandbox.fetch(request);
    patience.abort(new Error("enough"));
    await expect(answer).rejects.toThrow("enough");
  });

  it("sends half an answer and cuts the rest", async () => {
    const { client } = await opened([{ effect: { kind: "half" }, on: "/v1/time" }]);
    const answer = await client.call("GET", "/v1/time");
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    const { value } = await reader.read();
    expect(new TextDecoder().decode(value)).toMatch(/^\{"data":/);
    await expect(reader.read()).rejects.toThrow(TypeError);
  });

  it("drips an answer", async () => {
    const { slept, runtime } = virtual();
    const { client } = await opened(
      [{ effect: { kind: "drip", milliseconds: 50, bytes: 10 }, on: "/v1/time" }],
      runtime
    );
    const text = await (await client.call("GET", "/v1/time")).text();
    expect(JSON.parse(text)).toHaveProperty("data.time");
    expect(slept.length).toBe(Math.ceil(text.length / 10));
  });

  it("lets a token expire in mid-flight, after which it can still be renewed", async () => {
    const sandbox = createSandbox();
    const headers = { authorization: `Basic ${btoa("demo@tideway.example:tideway")}` };
    const login = await sandbox.fetch(new Request("http://sandbox.test/auth/login", { method: "POST", headers }));
    const { userid } = (await login.json()) as { userid: string };
    const token = login.headers.get("x-tidepool-session-token") ?? "";
    const client = clientOf(sandbox, token);
    const uploadId = await client.open(userid);
    sandbox.faults.set([{ effect: { kind: "expire" }, on: post, skip: 1, times: 1 }]);
    const statuses = [];
    for (const id of ["a", "b", "c"]) {
      statuses.push((await client.call("POST", `/v1/data_sets/${uploadId}/data`, [reading(id)])).status);
    }
    expect(statuses).toEqual([200, 401, 401]);
    expect((await client.call("GET", "/auth/login")).status).toBe(200);
  });

  it("skews the server's clock until it is cleared", async () => {
    const now = Date.UTC(2026, 0, 1);
    const { sandbox, client } = await opened([{ effect: { kind: "skew", milliseconds: 3_600_000 }, times: 1 }], {
      now: () => now
    });
    const time = async () => (await client.json<{ data: { time: string } }>("GET", "/v1/time")).data.time;
    expect(await time()).toBe("2026-01-01T01:00:00Z");
    expect(await time()).toBe("2026-01-01T01:00:00Z");
    sandbox.faults.clear();
    expect(await time()).toBe("2026-01-01T00:00:00Z");
  });

  it("holds a request between mark and insert until another is through, which leaves duplicates", async () => {
    const { sandbox, send, stored } = await opened([]);
    await send(reading("a", 100));
    sandbox.faults.set([{ effect: { kind: "hold", between: "mark-insert" }, on: post, times: 1 }]);
    const held = send(reading("a", 100));
    // The other must come after the mark, however slow the machine: had it come first, it would be the one that waits.
    while ((await stored()) > 0);
    expect((await send(reading("a", 100))).status).toBe(200);
    expect((await held).status).toBe(200);
    expect(await stored()).toBe(2);
    await send(reading("a", 100));
    expect(await stored()).toBe(1);
  });

  it("fails between mark and insert: the old datum is gone from view until the chunk is sent again", async () => {
    const { sandbox, send, stored } = await opened([]);
    await send(reading("a", 100));
    sandbox.faults.set([{ effect: { kind: "fail", between: "mark-insert" }, on: post, times: 1 }]);
    expect((await send(reading("a", 100))).status).toBe(500);
    expect(await stored()).toBe(0);
    await send(reading("a", 100));
    expect(await stored()).toBe(1);
  });

  it("strikes by chance, and in the same places for the same seed", async () => {
    const run = async (faultSeed: number) => {
      const faults: ReadonlyArray<Fault> = [{ effect: { kind: "status", status: 503 }, probability: 0.3 }];
      const client = clientOf(createSandbox({ users, faults, faultSeed }), "t1");
      const statuses: Array<number> = [];
      for (let at = 0; at < 200; at += 1) statuses.push((await client.call("GET", "/v1/time")).status);
      return statuses;
    };
    const [first, same, other] = [await run(7), await run(7), await run(8)];
    expect(same).toEqual(first);
    expect(other).not.toEqual(first);
    const struck = first.filter((status) => status === 503).length;
    expect(struck).toBeGreaterThan(30);
    expect(struck).toBeLessThan(90);
  });

  it("is named in the log", async () => {
    const { sandbox, client } = await opened([{ effect: { kind: "status", status: 503 } }]);
    await client.call("GET", "/v1/time?restricted_token=secret");
    expect(sandbox.log.entries()[0]).toMatchObject({ path: "/v1/time", status: 503, faults: ["status"] });
    expect(JSON.stringify(sandbox.log.entries())).not.toContain("secret");
  });
});

describe("over a real connection", () => {
  it("a reset is a broken connection, half an answer a broken body", async () => {
    const sandbox = createSandbox({
      faults: [
        { effect: { kind: "reset" }, on: "/v1/time", times: 1 },
        { effect: { kind: "half" }, on: "/status" }
      ]
    });
    const server = await listen(sandbox);
    await expect(fetch(`${server.url}/v1/time`)).rejects.toThrow("fetch failed");
    const half = await fetch(`${server.url}/status`, { headers: { "accept-encoding": "identity" } });
    await expect(half.text()).rejects.toThrow();
    expect((await fetch(`${server.url}/v1/time`)).status).toBe(200);
    await server.close();
  });
});

describe("faults as text", () => {
  it("say what they do, on what, how often", () => {
    expect(
      parseFaults(
        "503-after times=3 retry-after=5 on=POST:/v1/*; reset-after probability=0.1; delay=200; hold=mark-insert"
      )
    ).toEqual([
      { effect: { kind: "status", status: 503, retryAfter: "5", when: "after" }, times: 3, on: "POST /v1/*" },
      { effect: { kind: "reset", when: "after" }, probability: 0.1 },
      { effect: { kind: "delay", milliseconds: 200 } },
      { effect: { kind: "hold", between: "mark-insert" } }
    ]);
  });

  it.each(["explode", "delay", "503 often=yes", "hold=never", "503 times=many"])(
    "are refused where they make no sense: %s",
    (text) => {
      expect(() => parseFaults(text)).toThrow(/is no fault/);
    }
  );
});
