import { bossOptions, createFleet } from "@tideway/fleet";
import { Pool } from "pg";
import { PgBoss } from "pg-boss";

const median = (values: ReadonlyArray<number>) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** What users who have nothing to upload cost: bytes on disk, and the time of a fetch that finds nothing. */
export const measureIdle = async (connectionString: string, users: number) => {
  const pool = new Pool({ connectionString, max: 4 });
  const boss = new PgBoss({ connectionString, max: 2, ...bossOptions, supervise: false });
  boss.on("error", () => undefined);
  await boss.start();
  const options = { schema: "idle", queue: "idle", app: { name: "org.tideway.bench", version: "1.0.0" } };
  const transport = () => {
    throw new Error("Nobody has anything to upload.");
  };
  const fleet = await createFleet({ ...options, pool, boss, transport });
  await pool.query(
    `INSERT INTO idle.fleet_user (user_id, due_at, last_success_at)
     SELECT 'user-' || lpad(n::text, 10, '0'), now() + n * interval '1 minute', now() FROM generate_series(1, $1::integer) AS n`,
    [users]
  );
  await pool.query("ANALYZE idle.fleet_user");
  const { rows } = await pool.query<{ bytes: string }>(
    "SELECT sum(pg_total_relation_size(oid)) AS bytes FROM pg_class WHERE relname = 'fleet_user' AND relnamespace = 'idle'::regnamespace"
  );
  const fetches: Array<number> = [];
  for (let times = 0; times < 30; times++) {
    const start = performance.now();
    await boss.fetch("idle", { batchSize: 20 });
    fetches.push(performance.now() - start);
  }
  const start = performance.now();
  await fleet.status();
  const status = performance.now() - start;
  await boss.stop({ graceful: false });
  await pool.end();
  return { bytes: Number(rows[0]?.bytes), fetch: median(fetches), status };
};
