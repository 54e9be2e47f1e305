// One process of the fleet: uploads until it is told to stop. Its parent hears what became of each job.
import { bossOptions, createFleet, createPostgresTokenStore } from "@tideway/fleet";
import { createTransport } from "@tideway/transport";
import { Pool } from "pg";
import { PgBoss } from "pg-boss";
import { app, policy } from "./demo-options.ts";

const { FLEET_DATABASE: connectionString = "", FLEET_TIDEPOOL: environment = "" } = process.env;

const pool = new Pool({ connectionString, max: 8 });
pool.on("error", () => undefined);
const boss = new PgBoss({ connectionString, max: 3, ...bossOptions });
boss.on("error", () => undefined);
await boss.start();

const logins = createPostgresTokenStore({ pool });
const fleet = await createFleet({
  pool,
  boss,
  app,
  transport: (userId) =>
    createTransport({ environment, credentials: async () => (await logins.read(userId)) ?? "no token" }),
  rate: { requests: 400 },
  backoff: { first: 2 },
  client: { policy },
  onError: () => undefined
});

const worker = fleet.work({
  concurrency: 10,
  poll: 100,
  armEvery: 2000,
  // SIGTERM stops it below, where the connections are closed, too.
  signals: [],
  onOutcome: (userId, outcome) => process.send?.({ userId, outcome })
});
process.once("SIGTERM", async () => {
  await worker.stop();
  await boss.stop({ graceful: false });
  await pool.end();
  process.disconnect?.();
});
process.once("disconnect", () => process.exit());
process.send?.({ ready: true });
