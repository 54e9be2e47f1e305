import { inTransaction, toBossDb } from "../database/database.ts";
import type { Settings } from "../settings.ts";

const pageSize = 1000;

/**
 * Makes jobs for users whose time has come; resolves to how many.
 *
 * Idle users wait as rows of a table of the fleet, not as jobs that start later: a fetch of pg-boss looks at every job that waits,
 * however late it starts, and 300,000 of them would cost each empty fetch tens of milliseconds.
 */
export const armDue = async (settings: Settings): Promise<number> => {
  const { pool, boss, bossSchema, schema, queue, every, jitter, source } = settings;
  let armed = 0;
  for (;;) {
    const looked = await inTransaction(pool, async (client) => {
      const { rows } = await client.query(
        `WITH due AS (
           SELECT user_id FROM ${schema}.fleet_user WHERE due_at <= now() AND paused IS NULL
           ORDER BY due_at LIMIT ${pageSize} FOR UPDATE SKIP LOCKED
         ), moved AS (
           UPDATE ${schema}.fleet_user AS known
           SET due_at = now() + $1 * (1 + $2 * (2 * random() - 1)) * interval '1 second'
           FROM due WHERE known.user_id = due.user_id RETURNING known.user_id
         )
         SELECT user_id,
           ($3::boolean OR EXISTS (SELECT FROM ${schema}.outbox WHERE outbox.user_id = moved.user_id))
           AND NOT EXISTS (
             SELECT FROM ${bossSchema}.job WHERE name = $4 AND singleton_key = moved.user_id AND state IN ('created', 'retry')
           ) AS has_work
         FROM moved`,
        [every, jitter, source !== undefined, queue]
      );
      const users = rows as Array<{ readonly user_id: string; readonly has_work: boolean }>;
      const jobs = users.filter(({ has_work }) => has_work);
      if (jobs.length > 0) {
        await boss.insert(
          queue,
          jobs.map(({ user_id }) => ({ data: { userId: user_id }, singletonKey: user_id })),
          { db: toBossDb(client) }
        );
      }
      armed += jobs.length;
      return rows.length;
    });
    if (looked < pageSize) return armed;
  }
};
