import type { Datum } from "@tideway/core";
import { toBossDb, type Transaction } from "../database/database.ts";
import type { Settings } from "../settings.ts";

/**
 * Puts datums of a user into the outbox and makes sure of a job, all in the given transaction.
 *
 * Transactions for one user take turns, so that the order of the rows is the order in which they were committed. Where a job waits
 * already, the transaction holds on to it until it ends (`upsert` edits the row), so that no worker takes that job before it can see
 * these datums. Where it runs already, a second one is made. A user who waits after a failure goes on waiting.
 */
export const enqueue = async (
  { boss, schema, queue, every }: Settings,
  transaction: Transaction,
  userId: string,
  datums: ReadonlyArray<Datum>
): Promise<void> => {
  if (datums.length === 0) return;
  const db = toBossDb(transaction);
  await db.executeSql("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [`${schema} outbox ${userId}`]);
  await db.executeSql(
    `WITH known AS (
       INSERT INTO ${schema}.fleet_user (user_id, due_at) VALUES ($1, now() + $2 * interval '1 second')
       ON CONFLICT (user_id) DO NOTHING
     )
     INSERT INTO ${schema}.outbox (user_id, datums, count) VALUES ($1, $3::json, $4::integer)`,
    [userId, every, JSON.stringify(datums), datums.length]
  );
  await boss.upsert(queue, { userId }, { singletonKey: userId, db });
};
