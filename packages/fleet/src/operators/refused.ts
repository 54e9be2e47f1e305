import type { Issue } from "@tideway/schemas";
import type { Settings } from "../settings.ts";

/** A datum that Tidepool does not take, as it was in the outbox. It is health data: show it to those who may see it. */
export interface Refused {
  readonly id: string;
  readonly userId: string;
  readonly at: Date;
  /** Who decided: `check`, `engine` or `server`. */
  readonly by: string;
  readonly code: string;
  readonly message: string;
  readonly issues: ReadonlyArray<Issue>;
  readonly datum: unknown;
}

interface RefusedRow {
  readonly id: string;
  readonly user_id: string;
  readonly refused_at: Date;
  readonly refused_by: string;
  readonly code: string;
  readonly message: string;
  readonly issues: ReadonlyArray<Issue>;
  readonly datum: unknown;
}

/** Lists a user's refused datums, oldest first. */
export const listRefused = async (
  { pool, schema }: Settings,
  userId: string,
  limit = 1000
): Promise<ReadonlyArray<Refused>> => {
  const { rows } = await pool.query(
    `SELECT id, user_id, refused_at, refused_by, code, message, issues, datum FROM ${schema}.refused
     WHERE user_id = $1 ORDER BY id LIMIT $2`,
    [userId, limit]
  );
  return (rows as Array<RefusedRow>).map((row) => ({
    id: String(row.id),
    userId: row.user_id,
    at: row.refused_at,
    by: row.refused_by,
    code: row.code,
    message: row.message,
    issues: row.issues,
    datum: row.datum
  }));
};

/** Forgets refused datums, once they have been seen to. */
export const forgetRefused = async ({ pool, schema }: Settings, ids: ReadonlyArray<string>): Promise<void> => {
  await pool.query(`DELETE FROM ${schema}.refused WHERE id = ANY($1::bigint[])`, [[...ids]]);
};
