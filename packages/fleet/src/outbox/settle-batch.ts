import type { Rejection } from "@tideway/core";
import type { Settings } from "../settings.ts";

/** A datum that Tidepool will not take, and why. */
export interface RefusedDatum {
  readonly rejection: Rejection;
  readonly datum: unknown;
}

/**
 * What was acknowledged leaves the outbox, and what was refused is kept with its reasons: both or neither. Only ever called after an
 * upload has ended well.
 */
export const settleBatch = async (
  { pool, schema }: Settings,
  userId: string,
  rowIds: ReadonlyArray<string>,
  refused: ReadonlyArray<RefusedDatum>
): Promise<void> => {
  const records = refused.map(({ rejection: { by, code, message, issues }, datum }) => ({
    by,
    code,
    message,
    issues,
    datum: datum ?? null
  }));
  await pool.query(
    `WITH sent AS (
       DELETE FROM ${schema}.outbox WHERE user_id = $1 AND id = ANY($2::bigint[])
     )
     INSERT INTO ${schema}.refused (user_id, refused_by, code, message, issues, datum)
     SELECT $1, by, code, message, issues, datum
     FROM json_to_recordset($3::json) AS record (by text, code text, message text, issues json, datum json)`,
    [userId, [...rowIds], JSON.stringify(records)]
  );
};
