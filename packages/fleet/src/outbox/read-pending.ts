import type { Settings } from "../settings.ts";

/** What waits in the outbox for one user, from the oldest on. */
export interface Pending {
  readonly rowIds: ReadonlyArray<string>;
  readonly datums: ReadonlyArray<unknown>;
  /** Whether there is more. */
  readonly isPart: boolean;
  /** Why nothing may be sent for this user; undefined where it may. */
  readonly paused: string | undefined;
}

interface PendingRow {
  readonly paused: string | null;
  readonly id: string | null;
  readonly datums: ReadonlyArray<unknown> | null;
  readonly fits: boolean | null;
}

/** Most rows that are read at once, however small they are. */
const mostRows = 500;

/** Reads the oldest rows of a user, up to so many datums; a single larger row comes alone. */
export const readPending = async ({ pool, schema, batch }: Settings, userId: string): Promise<Pending> => {
  const found = await pool.query(
    `SELECT paused, pending.id, pending.datums, pending.fits
     FROM (SELECT (SELECT paused FROM ${schema}.fleet_user WHERE user_id = $1) AS paused) AS state
     LEFT JOIN LATERAL (
       SELECT id, CASE WHEN before < $2 THEN datums END AS datums, before < $2 AS fits
       FROM (
         SELECT id, datums, sum(count) OVER (ORDER BY id) - count AS before
         FROM (SELECT id, datums, count FROM ${schema}.outbox WHERE user_id = $1 ORDER BY id LIMIT ${mostRows + 1}) AS oldest
       ) AS counted
     ) AS pending ON true
     ORDER BY pending.id`,
    [userId, batch]
  );
  const rows = found.rows as Array<PendingRow>;
  const fitting = rows.filter(({ fits }) => fits === true).slice(0, mostRows);
  const waiting = rows.filter(({ id }) => id !== null);
  return {
    rowIds: fitting.map(({ id }) => String(id)),
    datums: fitting.flatMap(({ datums }) => datums ?? []),
    isPart: waiting.length > fitting.length,
    paused: rows[0]?.paused ?? undefined
  };
};
