// `npm run fleet`: 200 users, three worker processes on one PostgreSQL, and what goes wrong in the life of a fleet. On this machine alone:
// PostgreSQL is PGlite in this process, unless DATABASE_URL names another.
import { type ChildProcess, fork } from "node:child_process";
import { bossOptions, createFleet, createPostgresTokenStore, type Outcome } from "@tideway/fleet";
import { startEmbedded } from "@tideway/fleet/testing";
import { createSandbox } from "@tideway/sandbox";
import { listen } from "@tideway/sandbox/node";
import { createTransport } from "@tideway/transport";
import { Pool } from "pg";
import { PgBoss } from "pg-boss";
import { compare, type Comparison, isEqual } from "./compare.ts";
import { app } from "./demo-options.ts";
import { batches, batchOf } from "./put-in.ts";
import { summaryTable } from "./summary-table.ts";

const users = Array.from({ length: Number(process.env["FLEET_USERS"] ?? 200) }, (_, index) => `user-${index + 1}`);
const dead = users[6]!;
const began = performance.now();
const say = (line = "") => console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(5)} s  ${line}`);
const tokenOf = (userId: string) => `token of ${userId}`.replaceAll(" ", "-");

const sandbox = createSandbox({ users: users.map((userId) => ({ userId, token: tokenOf(userId) })) });
const tidepool = await listen(sandbox);
const given = process.env["DATABASE_URL"];
const database = given === undefined ? await startEmbedded() : { url: given, close: async () => undefined };
say(
  `A sandbox listens at ${tidepool.url}, PostgreSQL ${given === undefined ? "(PGlite) in this process" : "is the given one"}.`
);

const pool = new Pool({ connectionString: database.url, max: 4 });
pool.on("error", () => undefined);
await pool.query("DROP SCHEMA IF EXISTS tideway CASCADE");
await pool.query("DROP SCHEMA IF EXISTS pgboss CASCADE");
const boss = new PgBoss({ connectionString: database.url, max: 2, ...bossOptions, supervise: false });
boss.on("error", () => undefined);
await boss.start();
const logins = createPostgresTokenStore({ pool });
const transportOf = (token: string) => createTransport({ environment: tidepool.url, credentials: async () => token });
const fleet = await createFleet({ pool, boss, app, transport: (userId) => transportOf(tokenOf(userId)) });

for (const userId of users) await logins.write(userId, userId === dead ? "a-token-that-has-ended" : tokenOf(userId));

const enqueueAll = async (batch: number) => {
  for (const [user, userId] of users.entries()) {
    const client = await pool.connect();
    try {
      await client.query("BEGIN");
      await fleet.enqueue(client, userId, batchOf(user, batch));
      await client.query("COMMIT");
    } finally {
      client.release();
    }
  }
};

/** What happened to whom, besides being uploaded for. */
const marks = new Map<string, string>([[dead, "login had ended"]]);
let jobs = 0;
let died: (() => void) | undefined;
const onMessage = (message: { readonly userId?: string; readonly outcome?: Outcome }) => {
  if (message.userId === undefined) return;
  jobs++;
  if (message.outcome?.type === "dead") died?.();
  if (message.outcome?.type === "handed-back")
    marks.set(message.userId, marks.get(message.userId) ?? "paused by a 429");
};

const startWorker = (): Promise<ChildProcess> =>
  new Promise((resolve, reject) => {
    const child = fork(new URL("worker.ts", import.meta.url), {
      execArgv: ["--disable-warning=ExperimentalWarning"],
      env: { ...process.env, FLEET_DATABASE: database.url, FLEET_TIDEPOOL: tidepool.url }
    });
    child.on("message", (message) => {
      if ((message as { readonly ready?: boolean }).ready === true) resolve(child);
      else onMessage(message as Parameters<typeof onMessage>[0]);
    });
    child.once("exit", (code) => reject(new Error(`A worker ended with ${code}.`)));
  });

const until = async (holds: () => boolean | Promise<boolean>) => {
  while (!(await holds())) {
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
};

const lost = new Promise<void>((resolve) => (died = resolve));
await enqueueAll(0);
say(`${users.length} users have a first batch in the outbox.`);
const workers = await Promise.all([startWorker(), startWorker(), startWorker()]);
say("Three worker processes begin.");
const enqueued = enqueueAll(1).then(() => enqueueAll(2));

await until(() => jobs > users.length * 0.4);
const killed = workers[0]!;
killed.kill("SIGKILL");
await new Promise((resolve) => {
  killed.once("exit", resolve);
});
say(`One of them is killed (kill -9) in the middle of its work; ${jobs} jobs were done until then.`);

sandbox.faults.set([{ effect: { kind: "status", status: 429, retryAfter: 2 }, on: "/*", times: 25 }]);
say("The server answers 25 requests with 429 and asks for a pause of 2 s.");
await enqueued;
say(`All ${batches} batches of all users are in the outbox.`);
await lost;
say(
  `The login of ${dead} has ended: ${(await fleet.deadLetters()).map(({ userId, failure }) => `${userId} ${failure}`).join(", ")} is a dead letter.`
);

const left = async () =>
  Number((await pool.query("SELECT count(DISTINCT user_id) AS users FROM tideway.outbox")).rows[0].users);
await until(async () => (await left()) === 1);
say("All others are uploaded for, those of the killed worker by another.");
await logins.write(dead, tokenOf(dead));
await fleet.resumeUser(dead);
say(`${dead} has logged in again.`);
await until(async () => (await left()) === 0 && (await fleet.status()).active === 0);
say(`The outbox is empty, after ${jobs} jobs. The workers are told to stop (SIGTERM).`);

const codes = await Promise.all(
  workers.slice(1).map((worker) => {
    const ended = new Promise<number | null>((resolve) => {
      worker.once("exit", resolve);
    });
    worker.kill("SIGTERM");
    return ended;
  })
);
if (codes.some((code) => code !== 0)) throw new Error(`Workers ended with ${codes.join(" and ")}.`);

// Only the job of a worker that vanished is ever repeated by pg-boss.
const taken = await pool.query(
  "SELECT DISTINCT singleton_key FROM pgboss.job WHERE name = 'tideway-upload' AND retry_count > 0"
);
for (const { singleton_key } of taken.rows) marks.set(singleton_key, "worker was killed");

const groups = new Map<string, Array<Comparison>>();
for (const [user, userId] of users.entries()) {
  const mark = marks.get(userId) ?? "undisturbed";
  groups.set(mark, [...(groups.get(mark) ?? []), await compare(transportOf(tokenOf(userId)), userId, user)]);
}
say("Every user's session, read back and compared with what was put in:");
console.log(summaryTable(groups));

await boss.stop({ graceful: false });
await pool.end();
await database.close();
await tidepool.close();
const isAllEqual = [...groups.values()].flat().every(isEqual);
say(isAllEqual ? "Nothing is lost, doubled or out of date." : "NOT EQUAL.");
process.exit(isAllEqual ? 0 : 1);
