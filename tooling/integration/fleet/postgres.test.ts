import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type Ledger, createClient } from "@tideway/core";
import { createMemoryTransport } from "@tideway/core/testing";
import { bossOptions, createFleet, createPostgresLedger, createPostgresTokenStore, type Fleet } from "@tideway/fleet";
import { findInstalled, type InstalledPostgres, startInstalled } from "@tideway/fleet/testing";
import { Client, Pool } from "pg";
import { PgBoss } from "pg-boss";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const suite = fileURLToPath(new URL("../../../packages/core/test/ledger/conformance.ts", import.meta.url));
const { describeLedger } = (await import(suite)) as { describeLedger: (make: () => Ledger) => void };

const app = { name: "org.example.app", version: "1.0.0" };
const entry = (originId: string, fingerprint = "print") => ({
  originId,
  fingerprint,
  kind: "cbg" as const,
  children: []
});
const pause = (milliseconds: number) =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

const isMissing = findInstalled() === undefined;

describe.skipIf(isMissing)("on a real PostgreSQL, where one is installed", () => {
  let database: InstalledPostgres;
  const pools: Array<Pool> = [];
  const connect = () => {
    const pool = new Pool({ connectionString: database.url });
    pool.on("error", () => undefined);
    pools.push(pool);
    return pool;
  };
  let pool: Pool;
  beforeAll(async () => {
    database = (await startInstalled())!;
    pool = connect();
  });
  afterAll(async () => {
    await Promise.all(pools.map((one) => one.end()));
    await database.close();
  });

  describe("the ledger", () => {
    let made = 0;
    describeLedger(() => createPostgresLedger({ pool, schema: `ledger_${++made}` }));

    it("keeps ids that a text of PostgreSQL cannot hold, each for itself", async () => {
      const ids = ["a\0b", "\ud800", "\udfff", 'json:"a"', "a"];
      const ledger = createPostgresLedger({ pool });
      const session = await ledger.open({ sessionId: "odd" });
      await session.acknowledge(ids.map((id) => entry(id, `of ${JSON.stringify(id)}`)));
      await session.begin({ chunk: 0, originIds: ids, begun: 1 }, []);
      const known = await session.get(ids);
      expect(ids.map((id) => known.get(id)?.fingerprint)).toEqual(ids.map((id) => `of ${JSON.stringify(id)}`));
      await session.close();
    });

    it("keeps programs apart, and is free again as soon as one is killed", async () => {
      const holder = spawn(process.execPath, [
        fileURLToPath(new URL("ledger-holder.ts", import.meta.url)),
        database.url
      ]);
      await once(holder.stdout, "data");
      const ledger = createPostgresLedger({ pool });
      await expect(ledger.open({ sessionId: "held" })).rejects.toMatchObject({ _tag: "LedgerFailed", isBusy: true });
      holder.kill("SIGKILL");
      await once(holder, "exit");
      const transport = createMemoryTransport();
      const client = createClient({ transport, userId: "u", app, ledger });
      expect(await client.upload([])).toMatchObject({ sent: 0 });
      for (;;) {
        const session = await ledger.open({ sessionId: "held" }).catch(() => undefined);
        if (session) return session.close();
        await pause(20);
      }
    });

    it("lets a run whose lock was lost write nothing once another one has begun", async () => {
      const first = await createPostgresLedger({ pool: connect() }).open({ sessionId: "fenced" });
      await first.acknowledge([entry("a", "old")]);
      // The connection that holds the lock ends, and the first run does not notice.
      await pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()`
      );
      const ledger = createPostgresLedger({ pool });
      let second = await ledger.open({ sessionId: "fenced" }).catch(() => undefined);
      while (!second) second = await ledger.open({ sessionId: "fenced" }).catch(() => undefined);
      await second.acknowledge([entry("a", "new")]);
      await expect(first.acknowledge([entry("a", "older")])).rejects.toMatchObject({
        _tag: "LedgerFailed",
        isBusy: true
      });
      await expect(first.begin({ chunk: 1, originIds: ["a"], begun: 1 }, ["a"])).rejects.toMatchObject({
        isBusy: true
      });
      expect((await second.get(["a"])).get("a")?.fingerprint).toBe("new");
      await second.close();
      await first.close();
    });

    it("says in words that the database is out of reach, without what was to be written", async () => {
      const gone = new Pool({ connectionString: "postgres://nobody@127.0.0.1:1/nothing" });
      const refused = createPostgresLedger({ pool: gone }).open({ sessionId: "s" });
      await expect(refused).rejects.toMatchObject({
        _tag: "LedgerFailed",
        message: expect.stringContaining("ECONNREFUSED")
      });
      await gone.end();
    });
  });

  it("the token store runs one piece of work at a time for each key, over several programs", async () => {
    const stores = [connect(), connect()].map((one) => createPostgresTokenStore({ pool: one }));
    let inside = 0;
    const work = async () => {
      expect((inside += 1)).toBe(1);
      await pause(5);
      inside -= 1;
    };
    await Promise.all([...stores, ...stores].map((store) => store.exclusively("key", work)));
    await expect(stores[0]!.exclusively("key", () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    await stores[1]!.exclusively("key", work);
  });

  describe("the fleet", () => {
    let boss: PgBoss;
    let fleet: Fleet;
    const transport = createMemoryTransport();
    beforeAll(async () => {
      boss = new PgBoss({ connectionString: database.url, ...bossOptions });
      boss.on("error", () => undefined);
      await boss.start();
      fleet = await createFleet({
        pool,
        boss,
        app,
        transport: () => transport,
        client: { policy: { settling: { quiet: 50, recheckAfter: 0 } } }
      });
    });
    afterAll(() => boss.stop({ graceful: false }));

    const reading = (value: number) =>
      ({ type: "cbg", time: "2026-01-01T00:00:00Z", units: "mmol/L", value, origin: { id: "one" } }) as const;

    const values = () => transport.dataSets.flatMap(({ id }) => transport.stored(id!)).map((datum) => datum["value"]);

    const until = async (holds: () => boolean | Promise<boolean>) => {
      while (!(await holds())) await pause(20);
    };

    it("leaves no datum behind whose transaction was open while a worker took the job", async () => {
      const [first, second] = [new Client(database.url), new Client(database.url)];
      await Promise.all([first.connect(), second.connect()]);
      await first.query("BEGIN");
      await fleet.enqueue(first, "ann", [reading(5)]);
      await first.query("COMMIT");
      await second.query("BEGIN");
      await fleet.enqueue(second, "ann", [reading(6)]);
      const worker = fleet.work({ poll: 20, signals: [] });
      await pause(300);
      expect(values()).toEqual([]);
      await second.query("COMMIT");
      await until(() => values().includes(6));
      expect(values()).toEqual([6]);

      // One that begins while the job runs gets a job of its own; two of one user take turns.
      await first.query("BEGIN");
      await fleet.enqueue(first, "ann", [reading(7)]);
      const turn = (async () => {
        await second.query("BEGIN");
        await fleet.enqueue(second, "ann", [reading(8)]);
        await second.query("COMMIT");
      })();
      await pause(100);
      await first.query("COMMIT");
      await turn;
      await until(() => values().includes(8));
      expect(values()).toEqual([8]);
      await worker.stop();
      await Promise.all([first.end(), second.end()]);
    });

    it("goes on by itself after PostgreSQL has crashed", async () => {
      const worker = fleet.work({ poll: 20, signals: [] });
      await pause(100);
      await database.crash();
      const client = new Client(database.url);
      await client.connect();
      await client.query("BEGIN");
      await until(async () => {
        try {
          await fleet.enqueue(client, "ann", [reading(9)]);
          return true;
        } catch {
          await client.query("ROLLBACK");
          await client.query("BEGIN");
          return false;
        }
      });
      await client.query("COMMIT");
      await until(() => values().includes(9));
      expect(values()).toEqual([9]);
      await worker.stop();
      await client.end();
    });
  });
});
