import { ServerFailed, Throttled, Unauthenticated } from "@tideway/core";
import { createPostgresTokenStore, type FleetOptions, fleetPage, observeFleet } from "@tideway/fleet";
import { afterEach, describe, expect, it } from "vitest";
import { useDatabase } from "./support/database.ts";
import { eventually } from "./support/eventually.ts";
import { reading, readings } from "./support/readings.ts";
import { runFleet } from "./support/run-fleet.ts";

const database = useDatabase();
let current: Awaited<ReturnType<typeof runFleet>> | undefined;
const begin = async (options?: Partial<FleetOptions>) => (current = await runFleet(database, options));
afterEach(async () => {
  await current?.stop();
  current = undefined;
});

const jobsOf = async (queue: string) =>
  (
    await database.pool.query(
      `SELECT state, data, output, extract(epoch FROM start_after - now())::float8 AS starts_in
       FROM pgboss.job WHERE name = $1 ORDER BY created_on`,
      [queue]
    )
  ).rows as ReadonlyArray<{ state: string; data: object; output: object | null; starts_in: number }>;

const waitingOf = async (schema: string) =>
  Number(
    (await database.pool.query(`SELECT coalesce(sum(count), 0) AS waiting FROM ${schema}.outbox`)).rows[0].waiting
  );

const ids = (count: number, from = 0) => readings(count, from).map((datum) => datum.origin!.id!);
const storedIds = (userId: string) => current!.platform.stored(userId).map(([id]) => id);

describe("the outbox", () => {
  it("uploads what was enqueued in a transaction that was committed, and nothing of one that was not", async () => {
    const { fleet, name, work, outcomes } = await begin();
    const client = await database.pool.connect();
    await client.query("BEGIN");
    await fleet.enqueue(client, "ann", readings(3));
    await client.query("ROLLBACK");
    expect([await waitingOf(name), await jobsOf(name)]).toEqual([0, []]);
    await client.query("BEGIN");
    await fleet.enqueue(client, "ann", readings(3));
    await fleet.enqueue(client, "bob", readings(2));
    await client.query("COMMIT");
    client.release();
    work();
    await eventually("both are uploaded for", () => outcomes.length >= 2);
    expect(storedIds("ann")).toEqual(ids(3));
    expect(storedIds("bob")).toEqual(ids(2));
    expect(await waitingOf(name)).toBe(0);
  });

  it("keeps data out of the jobs", async () => {
    const { name, enqueue } = await begin();
    await enqueue("ann", readings(2));
    expect((await jobsOf(name)).map(({ data }) => data)).toEqual([{ userId: "ann" }]);
  });

  it("makes one job of many rows, and the last version of a datum wins", async () => {
    const { name, enqueue, work, outcomes, platform } = await begin({ batch: 2 });
    for (let row = 1; row <= 7; row++) await enqueue("ann", [reading(0, 5 + row / 10), reading(row)]);
    expect(await jobsOf(name)).toHaveLength(1);
    work();
    await eventually("the user is uploaded for", () => outcomes.length > 0);
    expect(outcomes).toEqual([["ann", { type: "done", sent: 14, refused: 0 }]]);
    expect(platform.stored("ann")).toContainEqual(["reading-0", 5.7]);
    expect(platform.stored("ann")).toHaveLength(8);
  });

  it("takes what another library's transaction is given as, too", async () => {
    const { fleet, name } = await begin();
    const { pool } = database;
    await fleet.enqueue({ executeSql: (text, values) => pool.query(text, values) }, "ann", readings(1));
    expect(await waitingOf(name)).toBe(1);
  });

  it("refuses more when too many users wait, and says so", async () => {
    const { enqueue, fleet } = await begin({ maxDepth: 1 });
    await enqueue("ann", readings(1));
    await new Promise((resolve) => {
      setTimeout(resolve, 2100);
    });
    await expect(enqueue("bob", readings(1))).rejects.toMatchObject({ _tag: "FleetOverloaded", depth: 1 });
    expect((await fleet.status()).depth).toBe(1);
  });
});

describe("outcomes", () => {
  it("a temporary failure is repeated later each time, keeps the data, and leaves no text of the error", async () => {
    const { name, enqueue, work, outcomes, platform, fleet } = await begin({ backoff: { first: 100, longest: 1000 } });
    platform.fault = () => {
      throw new ServerFailed({ message: "the secret of a server", status: 500, traceId: "trace" });
    };
    await enqueue("ann", readings(2));
    work();
    await eventually("it fails", () => outcomes.length === 1);
    const failure = { failure: "ServerFailed", status: 500, traceId: "trace" };
    expect(outcomes[0]).toEqual(["ann", { type: "failed", failure }]);
    const [done, next] = await jobsOf(name);
    expect(done).toMatchObject({ state: "completed", output: failure });
    expect(next!.state).toBe("created");
    expect(next!.starts_in).toBeGreaterThan(40);
    expect(next!.starts_in).toBeLessThanOrEqual(101);
    expect(await fleet.status()).toMatchObject({ deferred: 1, failures: { ServerFailed: 1 } });

    // New data do not cut the wait short.
    await enqueue("ann", readings(1, 2));
    expect((await jobsOf(name)).filter(({ starts_in }) => starts_in > 30)).toHaveLength(1);
    expect(await jobsOf(name)).toHaveLength(2);

    await database.pool.query(`UPDATE pgboss.job SET start_after = now() WHERE name = $1`, [name]);
    await eventually("it fails again", () => outcomes.length === 2);
    expect((await jobsOf(name)).at(-1)!.starts_in).toBeGreaterThan(90);

    platform.fault = undefined;
    await database.pool.query(`UPDATE pgboss.job SET start_after = now() WHERE name = $1`, [name]);
    await eventually("it goes well", () => outcomes.length === 3);
    expect(storedIds("ann")).toEqual(ids(3));
    expect((await fleet.status()).failures).toEqual({});
    const { rows } = await database.pool.query(`SELECT output::text FROM pgboss.job WHERE name = $1`, [name]);
    expect(JSON.stringify(rows)).not.toContain("secret");
  });

  it("a login that has ended is a dead letter at once, and the user waits for the next login", async () => {
    const { enqueue, work, outcomes, platform, fleet, name } = await begin();
    platform.fault = (userId) => {
      if (userId === "ann") throw new Unauthenticated({ message: "The login has ended.", status: 401 });
    };
    await enqueue("ann", readings(2));
    await enqueue("bob", readings(2));
    work();
    await eventually("both were tried", () => outcomes.length === 2);
    const failure = { failure: "Unauthenticated", status: 401 };
    expect(await fleet.deadLetters()).toEqual([{ userId: "ann", since: expect.any(Date), ...failure }]);
    expect(await fleet.users({ userId: "ann" })).toMatchObject([{ paused: "Unauthenticated", waiting: 2 }]);
    expect(storedIds("bob")).toEqual(ids(2));

    const before = platform.calls.length;
    await enqueue("ann", readings(1, 2));
    await eventually("the new job has come to nothing", () => outcomes.length === 3);
    expect(outcomes[2]).toEqual(["ann", { type: "paused" }]);
    expect(platform.calls).toHaveLength(before);

    platform.fault = undefined;
    await fleet.resumeUser("ann");
    await eventually("she is uploaded for", () => outcomes.length === 4);
    expect(storedIds("ann")).toEqual(ids(3));
    expect(await fleet.deadLetters()).toEqual([]);
    expect(await waitingOf(name)).toBe(0);
  });

  it("dead letters can be given back all at once", async () => {
    const { enqueue, work, outcomes, platform, fleet } = await begin();
    platform.fault = () => {
      throw new Unauthenticated({ message: "The login has ended.", status: 401 });
    };
    await enqueue("ann", readings(1));
    await enqueue("bob", readings(1));
    work();
    await eventually("both are dead letters", async () => (await fleet.deadLetters()).length === 2);
    platform.fault = undefined;
    expect(await fleet.requeue("bob")).toBe(1);
    expect(await fleet.requeue()).toBe(1);
    await eventually("both are uploaded for", () => outcomes.filter(([, { type }]) => type === "done").length === 2);
  });

  it("refused datums are kept with their reasons, and hold up no other", async () => {
    const { enqueue, work, outcomes, fleet, name } = await begin();
    const wrong = { ...reading(1), value: "high" } as unknown as ReturnType<typeof reading>;
    await enqueue("ann", [reading(0), wrong, reading(2)]);
    work();
    await eventually("the user is uploaded for", () => outcomes.length === 1);
    expect(outcomes[0]).toEqual(["ann", { type: "done", sent: 2, refused: 1 }]);
    const refused = await fleet.refused("ann");
    expect(refused).toMatchObject([{ userId: "ann", by: "check", code: "type-not-float64", datum: wrong }]);
    expect(refused[0]!.issues.length).toBeGreaterThan(0);
    expect(await waitingOf(name)).toBe(0);
    await fleet.forgetRefused(refused.map(({ id }) => id));
    expect((await fleet.status()).refusedDatums).toBe(0);
  });

  it("a user whose time has come is looked at again, also where a job got lost", async () => {
    const { enqueue, work, outcomes, name } = await begin({ every: 3600 });
    await enqueue("ann", readings(1));
    await database.pool.query("DELETE FROM pgboss.job WHERE name = $1", [name]);
    await database.pool.query(`UPDATE ${name}.fleet_user SET due_at = now() - interval '1 second'`);
    work();
    await eventually("the user is uploaded for", () => outcomes.length === 1);
    const { rows } = await database.pool.query(
      `SELECT extract(epoch FROM due_at - now())::float8 AS due FROM ${name}.fleet_user`
    );
    expect(rows[0].due).toBeGreaterThan(2800);
    expect(rows[0].due).toBeLessThan(4400);
  });

  it("reads further data of a user from a source, each time that it comes round", async () => {
    const source = (userId: string) => (userId === "ann" ? readings(4) : undefined);
    const { fleet, work, outcomes } = await begin({ source });
    await fleet.resumeUser("ann");
    work();
    await eventually("the user is uploaded for", () => outcomes.length === 1);
    expect(storedIds("ann")).toEqual(ids(4));
  });
});

describe("the pace", () => {
  it("a 429 to one worker pauses all, fails nobody, and what waits is sent after it", async () => {
    const { enqueue, work, outcomes, platform, fleet } = await begin({ client: { patience: 100, retries: 0 } });
    platform.fault = () => {
      throw new Throttled({ message: "Slow down.", status: 429, retryAfter: 600_000 });
    };
    await enqueue("ann", readings(1));
    work();
    await eventually("the job is handed back", () => outcomes.length === 1);
    expect(outcomes[0]![1]).toMatchObject({ type: "handed-back" });
    const { serverPause, failures } = await fleet.status();
    expect(serverPause).toBeGreaterThan(500);
    expect(failures).toEqual({});

    platform.fault = undefined;
    const asked = platform.calls.length;
    await enqueue("bob", readings(1));
    work();
    await new Promise((resolve) => {
      setTimeout(resolve, 300);
    });
    expect(platform.calls).toHaveLength(asked);
    await fleet.resume();
    await eventually("the other one is uploaded for", () => outcomes.length === 2);
    await fleet.resumeUser("ann");
    await eventually("both are uploaded for", () => outcomes.length === 3);
    expect([storedIds("ann"), storedIds("bob")]).toEqual([ids(1), ids(1)]);
  });

  it("two workers together keep to the rate", async () => {
    const { enqueue, work, outcomes, platform } = await begin({ rate: { requests: 3, seconds: 1 } });
    for (let user = 0; user < 4; user++) await enqueue(`user ${user}`, readings(1));
    const started = performance.now();
    work();
    work();
    await eventually("all are uploaded for", () => outcomes.length === 4);
    const periods = Math.ceil(platform.calls.length / 3) - 1;
    expect(performance.now() - started).toBeGreaterThanOrEqual(periods * 500);
  });

  it("an operator pauses all, and one user", async () => {
    const { enqueue, work, outcomes, fleet, platform } = await begin();
    await fleet.pause("maintenance");
    await fleet.pauseUser("bob");
    await enqueue("ann", readings(1));
    await enqueue("bob", readings(1));
    work();
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
    expect(outcomes).toEqual([]);
    expect(await fleet.status()).toMatchObject({ paused: "maintenance", pausedUsers: 1, depth: 2 });
    await fleet.resume();
    await eventually("one is uploaded for", () => outcomes.length === 2);
    expect(platform.stored("bob")).toEqual([]);
    await fleet.resumeUser("bob");
    await eventually("the other one, too", () => outcomes.length === 3);
    expect(storedIds("bob")).toEqual(ids(1));
  });
});

describe("draining", () => {
  it("ends an upload between two chunks, and another worker goes on where it was", async () => {
    const { enqueue, work, outcomes, platform, fleet } = await begin({ upload: { chunkSize: 1, concurrency: 1 } });
    let posts = 0;
    platform.fault = (_, call, signal) => {
      if (call.name !== "postData" || ++posts !== 3) return undefined;
      return new Promise((_resolve, reject) => {
        signal?.addEventListener("abort", () => reject(signal.reason as Error));
      });
    };
    await enqueue("ann", readings(6));
    work({ signals: ["SIGUSR2"] });
    await eventually("it is in the middle", () => posts === 3);
    expect((await fleet.status()).active).toBe(1);
    process.emit("SIGUSR2");
    await eventually("the job is handed back", () => outcomes.length === 1);
    expect(outcomes[0]).toEqual(["ann", { type: "handed-back", after: 0 }]);
    expect(await fleet.status()).toMatchObject({ active: 0, depth: 1, failures: {} });
    const before = posts;
    work();
    await eventually("it is done", () => outcomes.length === 2);
    expect(storedIds("ann")).toEqual(ids(6));
    // What was acknowledged before is not sent again.
    expect(posts - before).toBe(4);
  });
});

describe("what operators see", () => {
  it("a page that names users and no value, and cannot be written to", async () => {
    const { enqueue, work, outcomes, fleet } = await begin();
    await enqueue("<ann>", [reading(0, 7.77)]);
    work();
    await eventually("the user is uploaded for", () => outcomes.length === 1);
    const show = fleetPage(fleet);
    const answer = await show(new Request("http://fleet.test/"));
    const html = await answer.text();
    expect(answer.status).toBe(200);
    expect(html).toContain("&lt;ann&gt;");
    expect(html).not.toContain("<ann>");
    expect(html).not.toContain("7.77");
    expect((await show(new Request("http://fleet.test/", { method: "POST" }))).status).toBe(405);
  });

  it("metrics for OpenTelemetry, in which nobody is named", async () => {
    const { enqueue, fleet } = await begin();
    await enqueue("ann", readings(1));
    const told: Array<readonly [string, number, object | undefined]> = [];
    let collect: (result: unknown) => Promise<void> = async () => undefined;
    const meter = {
      createObservableGauge: (name: string) => ({ name }),
      addBatchObservableCallback: (callback: typeof collect) => (collect = callback),
      removeBatchObservableCallback: () => (collect = async () => undefined)
    } as unknown as Parameters<typeof observeFleet>[1];
    const end = observeFleet(fleet, meter);
    const result = {
      observe: ({ name }: { name: string }, value: number, attributes?: object) => told.push([name, value, attributes])
    };
    await collect(result);
    expect(told).toContainEqual(["tideway.fleet.depth", 1, undefined]);
    expect(told).toContainEqual(["tideway.fleet.users", 1, { since_success: "5m" }]);
    expect(JSON.stringify(told)).not.toContain("ann");
    end();
    const before = told.length;
    await collect(result);
    expect(told).toHaveLength(before);
  });
});

describe("the token store", () => {
  it("keeps a text for each key, as the cipher writes it", async () => {
    const cipher = {
      encrypt: (text: string) => Buffer.from(text).toString("base64"),
      decrypt: (text: string) => Buffer.from(text, "base64").toString()
    };
    const store = createPostgresTokenStore({ pool: database.pool, schema: "tokens", cipher });
    expect(await store.read("a")).toBeUndefined();
    await store.write("a", "one");
    await store.write("b", "two");
    await store.write("a", "three");
    expect([await store.read("a"), await store.read("b")]).toEqual(["three", "two"]);
    const { rows } = await database.pool.query("SELECT content FROM tokens.login WHERE key = 'a'");
    expect(rows[0].content).toBe(Buffer.from("three").toString("base64"));
    await store.remove("a");
    await store.remove("a");
    expect(await store.read("a")).toBeUndefined();
    expect(store.place).toBe("PostgreSQL, table tokens.login");
  });

  it("refuses the name of a schema that would be more than a name", () => {
    expect(() => createPostgresTokenStore({ pool: database.pool, schema: "x; DROP TABLE y" })).toThrow(TypeError);
  });
});
