import { inTransaction, toBossDb } from "../database/database.ts";
import type { Settings } from "../settings.ts";

/** From now on nothing is fetched, by any process, until it is resumed; what runs ends as usual. */
export const pauseFleet = async ({ pool, schema }: Settings, reason: string): Promise<void> => {
  await pool.query(
    `INSERT INTO ${schema}.fleet_pause (reason) VALUES ($1) ON CONFLICT (id) DO UPDATE SET reason = excluded.reason`,
    [reason]
  );
};

/** Ends an operator's pause. */
export const resumeFleet = async ({ pool, schema }: Settings): Promise<void> => {
  await pool.query(`DELETE FROM ${schema}.fleet_pause`);
};

/** From now on nothing is sent for the user; what waits stays in the outbox. */
export const pauseUser = async ({ pool, schema }: Settings, userId: string, reason: string): Promise<void> => {
  await pool.query(
    `INSERT INTO ${schema}.fleet_user (user_id, due_at, paused) VALUES ($1, now(), $2)
     ON CONFLICT (user_id) DO UPDATE SET paused = excluded.paused`,
    [userId, reason]
  );
};

/** Makes a job that may start now, whatever the user waited for, and takes the user's dead letter away. */
export const resumeUser = async (
  { pool, boss, schema, bossSchema, queue, deadQueue, every }: Settings,
  userId: string
): Promise<void> => {
  await inTransaction(pool, async (client) => {
    const db = toBossDb(client);
    await client.query(
      `INSERT INTO ${schema}.fleet_user (user_id, due_at) VALUES ($1, now() + $2 * interval '1 second')
       ON CONFLICT (user_id) DO UPDATE SET paused = NULL, failures = 0, failure = NULL`,
      [userId, every]
    );
    const { rows } = await client.query(
      `SELECT id FROM ${bossSchema}.job WHERE name = $1 AND data->>'userId' = $2 AND state < 'active'`,
      [deadQueue, userId]
    );
    if (rows.length > 0) {
      await boss.deleteJob(
        deadQueue,
        (rows as Array<{ readonly id: string }>).map(({ id }) => id),
        { db }
      );
    }
    await boss.upsert(queue, { userId }, { singletonKey: userId, startAfter: 0, db });
  });
};
