import type { JobAttempt } from "../database/boss.ts";
import { inTransaction, toBossDb } from "../database/database.ts";
import type { Settings } from "../settings.ts";
import type { Outcome } from "./outcome.ts";

/** The job that a worker holds. */
export interface HeldJob extends JobAttempt {
  readonly data: { readonly userId: string };
}

/** Up to this many doublings: more would be beyond every cap. */
const mostDoublings = 20;

/**
 * Writes down what became of a job.
 *
 * A wait after a failure is a new job that starts later, and not a retry of pg-boss: a `stately` queue takes one job a user in each
 * state, so that with a retry beside it, a job that came meanwhile would neither wait nor be allowed to fail.
 */
export const settleJob = async (settings: Settings, job: HeldJob, outcome: Outcome): Promise<void> => {
  const { pool, boss, schema, queue, deadQueue, every, jitter, backoff, random } = settings;
  const { userId } = job.data;
  const attempt: JobAttempt = { id: job.id, retryCount: job.retryCount };

  switch (outcome.type) {
    case "paused":
      await boss.complete(queue, attempt);
      return;

    case "done": {
      const next = every * (1 + jitter * (2 * random() - 1));
      // Two statements: should the process end between them, the job is done once more and finds nothing.
      await pool.query(
        `INSERT INTO ${schema}.fleet_user AS known (user_id, due_at, last_success_at)
         VALUES ($1, now() + $2 * interval '1 second', now())
         ON CONFLICT (user_id) DO UPDATE
         SET due_at = excluded.due_at, last_success_at = excluded.last_success_at, failures = 0, failure = NULL`,
        [userId, next]
      );
      await boss.complete(queue, attempt, { sent: outcome.sent, refused: outcome.refused });
      return;
    }

    case "handed-back":
      await inTransaction(pool, async (client) => {
        const db = toBossDb(client);
        const after = Math.ceil(outcome.after * (1 + random() / 10));
        await boss.complete(queue, attempt, null, { db });
        await boss.upsert(queue, { userId }, { singletonKey: userId, db, ...(after > 0 ? { startAfter: after } : {}) });
      });
      return;

    case "failed":
      await inTransaction(pool, async (client) => {
        const db = toBossDb(client);
        const { rows } = await client.query(
          `UPDATE ${schema}.fleet_user SET failures = failures + 1, failure = $2, due_at = now() + $3 * interval '1 second'
           WHERE user_id = $1 RETURNING failures`,
          [userId, outcome.failure.failure, every + backoff.longest]
        );
        const doublings = Math.min(((rows[0] as { failures?: number } | undefined)?.failures ?? 1) - 1, mostDoublings);
        const longest = Math.min(backoff.first * 2 ** doublings, backoff.longest);
        const startAfter = Math.ceil(longest / 2 + (longest / 2) * random());
        await boss.complete(queue, attempt, outcome.failure, { db });
        await boss.upsert(queue, { userId }, { singletonKey: userId, startAfter, db });
      });
      return;

    case "dead":
      await inTransaction(pool, async (client) => {
        const db = toBossDb(client);
        await client.query(`UPDATE ${schema}.fleet_user SET failure = $2, paused = $2 WHERE user_id = $1`, [
          userId,
          outcome.failure.failure
        ]);
        await boss.complete(queue, attempt, outcome.failure, { db });
        await boss.upsert(deadQueue, { userId, ...outcome.failure }, { singletonKey: userId, db });
      });
  }
};
