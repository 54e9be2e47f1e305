import type { Settings } from "../settings.ts";

/** How one user of a fleet is. */
export interface FleetUser {
  readonly userId: string;
  /** Seconds since everything that waited was in the session; undefined where it never was. */
  readonly sinceSuccess: number | undefined;
  /** Datums that wait. */
  readonly waiting: number;
  /** Tries in a row that failed. */
  readonly failures: number;
  /** The class of the last try's error; undefined where it went well. */
  readonly failure: string | undefined;
  /** Why nothing is sent for this user; undefined where it is. */
  readonly paused: string | undefined;
}

/** Which users. */
export interface UserQuery {
  /** At most so many, 1 to 10,000. Default: 100. */
  readonly limit?: number;
  /** Only this one. Default: those whose last success is longest ago come first. */
  readonly userId?: string;
}

interface UserRow {
  readonly user_id: string;
  readonly since: number | null;
  readonly waiting: number;
  readonly failures: number;
  readonly failure: string | null;
  readonly paused: string | null;
}

/** Lists users, the one whose last success is longest ago first. */
export const listUsers = async (
  { pool, schema }: Settings,
  { limit = 100, userId }: UserQuery = {}
): Promise<ReadonlyArray<FleetUser>> => {
  const { rows } = await pool.query(
    `SELECT user_id, extract(epoch FROM now() - last_success_at)::float8 AS since, failures, failure, paused,
       (SELECT coalesce(sum(count), 0)::integer FROM ${schema}.outbox WHERE outbox.user_id = known.user_id) AS waiting
     FROM (
       SELECT * FROM ${schema}.fleet_user WHERE $2::text IS NULL OR user_id = $2
       ORDER BY coalesce(last_success_at, added_at), user_id LIMIT $1
     ) AS known ORDER BY coalesce(last_success_at, added_at), user_id`,
    [Math.min(Math.max(limit, 1), 10_000), userId ?? null]
  );
  return (rows as Array<UserRow>).map((row) => ({
    userId: row.user_id,
    sinceSuccess: row.since ?? undefined,
    waiting: row.waiting,
    failures: row.failures,
    failure: row.failure ?? undefined,
    paused: row.paused ?? undefined
  }));
};
