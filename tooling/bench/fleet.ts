import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { bossOptions, createFleet } from "@tideway/fleet";
import { startInstalled } from "@tideway/fleet/testing";
import { Pool } from "pg";
import { PgBoss } from "pg-boss";
import type { Bench } from "./bench.ts";
import type { Call } from "./fleet/call.ts";
import { measureIdle } from "./fleet/idle.ts";
import { Platform } from "./fleet/platform.ts";

const userCount = Number(process.env["BENCH_USERS"] ?? 2000);
const idleCount = Number(process.env["BENCH_IDLE_USERS"] ?? 300_000);
const batches = 3;
const processes = 3;

const users = Array.from({ length: userCount }, (_, index) => `user-${index}`);

const batchOf = (batch: number) =>
  Array.from({ length: 5 }, (_, index) => ({
    type: "cbg" as const,
    time: new Date(Date.UTC(2026, 0, 1) + (index === 0 ? 0 : batch * 5 + index) * 300_000).toISOString(),
    units: "mmol/L" as const,
    value: 5 + batch,
    origin: { id: index === 0 ? "first" : `reading-${batch}-${index}` }
  }));

const heldByAll = new Map(
  Array.from({ length: batches }, (_, batch) => batchOf(batch))
    .flat()
    .map(({ origin, value }) => [origin.id, value])
);

const pause = (milliseconds: number) =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

const until = async (holds: () => boolean | Promise<boolean>) => {
  while (!(await holds())) await pause(50);
};

/** Uploads for many users by three processes of 20 at once, with a kill and a crash of PostgreSQL where that is asked for. */
const load = async (
  connectionString: string,
  cpu: () => number | undefined,
  disturb?: { readonly crash: () => Promise<void> }
) => {
  const platform = new Platform();
  const pool = new Pool({ connectionString, max: 8 });
  pool.on("error", () => undefined);
  await pool.query("DROP SCHEMA IF EXISTS tideway CASCADE");
  await pool.query("DROP SCHEMA IF EXISTS pgboss CASCADE");
  const boss = new PgBoss({ connectionString, max: 2, ...bossOptions, supervise: false });
  boss.on("error", () => undefined);
  await boss.start();
  const fleet = await createFleet({
    pool,
    boss,
    app: { name: "org.tideway.bench", version: "1.0.0" },
    transport: () => {
      throw new Error("Only workers upload.");
    }
  });
  // One transaction a batch: how fast an app enqueues is not measured here.
  for (let batch = 0; batch < batches; batch++) {
    const client = await pool.connect();
    await client.query("BEGIN");
    for (const userId of users) await fleet.enqueue(client, userId, batchOf(batch));
    await client.query("COMMIT");
    client.release();
  }

  let jobs = 0;
  const workers: Array<ChildProcess> = [];
  const begin = async () => {
    const worker = fork(new URL("fleet/run.ts", import.meta.url), {
      execArgv: ["--disable-warning=ExperimentalWarning"],
      env: { ...process.env, FLEET_DATABASE: connectionString }
    });
    worker.on("message", (message: Call | { readonly type: string }) => {
      if ("type" in message) jobs++;
      else platform.answer(message, (answer) => worker.connected && worker.send(answer));
    });
    workers.push(worker);
    await once(worker, "message");
  };
  await Promise.all(Array.from({ length: processes }, begin));
  const first = performance.now();
  const cpuBefore = cpu() ?? 0;
  const left = async () => {
    try {
      return Number((await pool.query("SELECT count(*) AS rows FROM tideway.outbox")).rows[0].rows);
    } catch {
      return Number.POSITIVE_INFINITY;
    }
  };
  if (disturb) {
    await until(() => jobs >= userCount * 0.4);
    workers[0]?.kill("SIGKILL");
    await disturb.crash();
  }
  await until(async () => (await left()) === 0);
  const seconds = (performance.now() - first) / 1000;
  const processor = (cpu() ?? 0) - cpuBefore;
  for (const worker of workers) worker.kill("SIGKILL");
  await boss.stop({ graceful: false });
  await pool.end();
  const held = users.map((userId) => platform.held(userId));
  return {
    seconds,
    processor,
    jobs,
    outOfOrder: platform.outOfOrder,
    sessions: users.reduce((sum, userId) => sum + platform.sessions(userId), 0),
    missing: held.reduce((sum, mine) => sum + [...heldByAll.keys()].filter((id) => !mine.has(id)).length, 0),
    outdated: held.reduce((sum, mine) => sum + [...mine].filter(([id, value]) => heldByAll.get(id) !== value).length, 0)
  };
};

/** The fleet on an installed PostgreSQL: jobs of a request of 10 ms, what they cost, and what idle users cost. */
export const bench: Bench = {
  name: "fleet",
  run: async (say) => {
    const database = await startInstalled();
    if (!database) return say("left out: no PostgreSQL is installed here");
    try {
      const calm = await load(database.url, database.cpu);
      say(
        `${userCount} users, ${processes} processes x 20: ${(calm.jobs / calm.seconds).toFixed(0)} jobs a second of 10 ms (target: 250)`
      );
      if (calm.processor > 0) {
        say(`PostgreSQL's processor: ${((calm.processor * 1000) / calm.jobs).toFixed(2)} ms a job (target: 2)`);
      }
      const rough = await load(database.url, () => undefined, database);
      say(
        `with a kill -9 at 40 % and a crash of PostgreSQL: ${rough.missing} missing, ${rough.outdated} out of date, ${rough.outOfOrder} out of order, ` +
          `${rough.sessions - userCount} sessions too many (targets: 0), after ${rough.seconds.toFixed(0)} s`
      );
      const idle = await measureIdle(database.url, idleCount);
      say(
        `${idleCount} idle users: ${(idle.bytes / 1e6).toFixed(0)} MB (target: 150), an empty fetch ${idle.fetch.toFixed(1)} ms (target: 5), status() ${idle.status.toFixed(0)} ms`
      );
    } finally {
      await database.close();
    }
  }
};
