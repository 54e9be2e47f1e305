// A worker of the benchmark: the platform is its parent, over a channel that outlives a kill.
import type { Transport } from "@tideway/core";
import { bossOptions, createFleet } from "@tideway/fleet";
import { Pool } from "pg";
import { PgBoss } from "pg-boss";
import type { Answer, Call } from "./call.ts";

const connectionString = process.env["FLEET_DATABASE"] ?? "";
const pool = new Pool({ connectionString, max: 24 });
pool.on("error", () => undefined);
const boss = new PgBoss({ connectionString, max: 4, ...bossOptions });
boss.on("error", () => undefined);
await boss.start();

let last = 0;
const waiting = new Map<number, (answer: Answer) => void>();
process.on("message", (answer: Answer) => {
  waiting.get(answer.id)?.(answer);
  waiting.delete(answer.id);
});
const ask = (call: Omit<Call, "id">): Promise<Answer> =>
  new Promise((resolve) => {
    const id = ++last;
    waiting.set(id, resolve);
    process.send?.({ ...call, id } satisfies Call);
  });

const unused = async (): Promise<never> => {
  throw new Error("The benchmark does not do that.");
};
const transport = (userId: string): Transport => ({
  server: "parent",
  listDataSets: async () => (await ask({ name: "list", userId })).sessions as never,
  createDataSet: async (_, body) =>
    (await ask({ name: "create", userId, body: JSON.stringify(body) })).sessions[0] as never,
  postData: async (_, body) => {
    await ask({ name: "post", userId, body: typeof body === "string" ? body : new TextDecoder().decode(body) });
  },
  deleteDataSet: unused,
  deleteData: unused,
  readData: () => {
    throw new Error("The benchmark does not do that.");
  }
});

const fleet = await createFleet({
  pool,
  boss,
  app: { name: "org.tideway.bench", version: "1.0.0" },
  transport,
  rate: { requests: 100_000 },
  backoff: { first: 1, longest: 5 },
  client: { policy: { settling: { quiet: 1000, recheckAfter: 0 } } }
});
fleet.work({ concurrency: 20, poll: 100, signals: [], onOutcome: (_, { type }) => process.send?.({ type }) });
process.once("disconnect", () => process.exit());
