import { toBossDb } from "../database/database.ts";
import type { Settings } from "../settings.ts";
import type { FleetLimiter } from "../throttle/fleet-limiter.ts";

/** How a fleet is. All times in seconds. */
export interface FleetStatus {
  /** Since the last success of the user whose is longest ago, or since that user was added; 0 without users. Paused ones are not meant. */
  readonly longestSinceSuccess: number;
  /** How many users had their last success so long ago: up to 5 minutes, an hour, 6 hours, a day, and longer. */
  readonly usersBySinceSuccess: Readonly<Record<"5m" | "1h" | "6h" | "1d" | "longer", number>>;
  readonly users: number;
  readonly pausedUsers: number;
  /** Users who wait to be uploaded for and could be now. */
  readonly depth: number;
  /** Since when the oldest of them waits; 0 where none does. */
  readonly oldestReady: number;
  /** Users who wait for their next try. */
  readonly deferred: number;
  /** Jobs that are worked on. */
  readonly active: number;
  /** Users whose last try failed, by the class of its error. */
  readonly failures: Readonly<Record<string, number>>;
  readonly deadLetters: number;
  readonly refusedDatums: number;
  /** What is left of the pause that the server asked for; 0 where there is none. */
  readonly serverPause: number;
  /** Why an operator paused the whole fleet; undefined where nobody did. */
  readonly paused: string | undefined;
}

interface FailureRow {
  readonly failure: string;
  readonly users: number;
}

const usersOf = async ({ pool, schema }: Settings) => {
  const { rows } = await pool.query(
    `SELECT count(*)::integer AS users,
       count(paused)::integer AS paused,
       coalesce(max(since) FILTER (WHERE paused IS NULL), 0)::float8 AS longest,
       count(*) FILTER (WHERE paused IS NULL AND since <= 300)::integer AS m5,
       count(*) FILTER (WHERE paused IS NULL AND since > 300 AND since <= 3600)::integer AS h1,
       count(*) FILTER (WHERE paused IS NULL AND since > 3600 AND since <= 21600)::integer AS h6,
       count(*) FILTER (WHERE paused IS NULL AND since > 21600 AND since <= 86400)::integer AS d1,
       count(*) FILTER (WHERE paused IS NULL AND since > 86400)::integer AS longer
     FROM (
       SELECT paused, extract(epoch FROM now() - coalesce(last_success_at, added_at)) AS since FROM ${schema}.fleet_user
     ) AS users`
  );
  return rows[0] as Record<"users" | "paused" | "longest" | "m5" | "h1" | "h6" | "d1" | "longer", number>;
};

/** The state of the queue itself, read from pg-boss's table: its own counts are up to a minute old. */
export const queueState = async ({ bossSchema, queue, deadQueue }: Settings, db: ReturnType<typeof toBossDb>) => {
  const { rows } = await db.executeSql(
    `SELECT
       count(*) FILTER (WHERE name = $1 AND state < 'active' AND start_after <= now())::integer AS depth,
       count(*) FILTER (WHERE name = $1 AND state < 'active' AND start_after > now())::integer AS deferred,
       count(*) FILTER (WHERE name = $1 AND state = 'active')::integer AS active,
       count(*) FILTER (WHERE name = $2)::integer AS dead,
       coalesce(extract(epoch FROM now() - min(greatest(created_on, start_after))
         FILTER (WHERE name = $1 AND state < 'active' AND start_after <= now())), 0)::float8 AS oldest
     FROM ${bossSchema}.job WHERE name IN ($1, $2) AND state <= 'active'`,
    [queue, deadQueue]
  );
  return rows[0] as { depth: number; deferred: number; active: number; dead: number; oldest: number };
};

/** Reads how a fleet is. Costs one pass over the users: for a page or a scrape, not for every request. */
export const statusOf = async (settings: Settings, limiter: FleetLimiter): Promise<FleetStatus> => {
  const { pool, schema } = settings;
  const [users, jobs, failures, refused, paused, serverPause] = await Promise.all([
    usersOf(settings),
    queueState(settings, toBossDb(pool)),
    pool.query(
      `SELECT failure, count(*)::integer AS users FROM ${schema}.fleet_user WHERE failure IS NOT NULL GROUP BY failure ORDER BY failure`
    ),
    pool.query(`SELECT count(*)::integer AS refused FROM ${schema}.refused`),
    pool.query(`SELECT reason FROM ${schema}.fleet_pause`),
    limiter.pauseLeft()
  ]);
  return {
    longestSinceSuccess: users.longest,
    usersBySinceSuccess: { "5m": users.m5, "1h": users.h1, "6h": users.h6, "1d": users.d1, longer: users.longer },
    users: users.users,
    pausedUsers: users.paused,
    depth: jobs.depth,
    oldestReady: jobs.oldest,
    deferred: jobs.deferred,
    active: jobs.active,
    failures: Object.fromEntries((failures.rows as Array<FailureRow>).map(({ failure, users }) => [failure, users])),
    deadLetters: jobs.dead,
    refusedDatums: (refused.rows as Array<{ readonly refused: number }>)[0]?.refused ?? 0,
    serverPause: serverPause / 1000,
    paused: (paused.rows as Array<{ readonly reason: string }>)[0]?.reason
  };
};
