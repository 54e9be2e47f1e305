import type { App, ClientOptions, Ledger, Source, Transport, UploadOptions } from "@tideway/core";
import type { Boss } from "./database/boss.ts";
import type { PostgresPool } from "./database/database.ts";

/** How often the whole fleet, all its processes together, may ask the server. */
export interface Rate {
  /** Requests in each period, at least 1. Default: 50. */
  readonly requests?: number;
  /** The period, in seconds. Default: 1. */
  readonly seconds?: number;
}

/** How long a user waits after a temporary failure. */
export interface Backoff {
  /** After the first failure, in seconds; doubles with each in a row. Default: 30. */
  readonly first?: number;
  /** Longest, in seconds. Default: 3,600. */
  readonly longest?: number;
}

/** Who uploads what for whom, and how fast. */
export interface FleetOptions {
  /** For the fleet's tables, and the ledger: a `Pool` of `pg`. */
  readonly pool: PostgresPool;
  /** pg-boss on the same database, started by you: `new PgBoss({ connectionString, ...bossOptions })`. */
  readonly boss: Boss;
  /** The schema that pg-boss was given. Default: `pgboss`. */
  readonly bossSchema?: string;
  /** Your program. There is one session for each user and name. */
  readonly app: App;
  /** The way to Tidepool for one user: asked once for each job. */
  readonly transport: (userId: string) => Transport | Promise<Transport>;
  /** Where the fleet's tables are. Default: `tideway`. */
  readonly schema?: string;
  /** Name of the queue; its dead letters are in a queue of that name with `-dead`. Default: `tideway-upload`. */
  readonly queue?: string;
  /** What sessions are known to hold. Default: a ledger in the same PostgreSQL. `false`: none, everything is sent. */
  readonly ledger?: Ledger | false;
  /**
   * Further data of a user, read once the outbox is empty: for those whose data come from a vendor's cloud rather than through
   * `enqueue`. Default: none.
   */
  readonly source?: (userId: string, signal: AbortSignal) => Source | undefined | Promise<Source | undefined>;
  /** How often an idle user is looked at, in seconds; at least 1. Default: 3,600. */
  readonly every?: number;
  /** By which part of `every` that varies, 0 to 1, so that users spread out. Default: 0.2. */
  readonly jitter?: number;
  /** Requests of all processes together. Default: 50 a second. */
  readonly rate?: Rate;
  readonly backoff?: Backoff;
  /** Users that may wait before `enqueue` refuses with `FleetOverloaded`, at least 1. Default: 100,000. */
  readonly maxDepth?: number;
  /** Datums of one user that one upload takes from the outbox; a single larger row goes alone. Default: 5,000. */
  readonly batch?: number;
  /** How core uploads for a user. Default: `patience` 60 s and 4 `retries`: what takes longer is the queue's to repeat. */
  readonly client?: Pick<ClientOptions, "patience" | "deadline" | "retries" | "policy" | "origin">;
  /**
   * What each upload is told. Default: `trustLedger`, because what is in the outbox is sent once, and the spot check of core
   * costs requests for each of many small uploads.
   */
  readonly upload?: Pick<UploadOptions, "chunkSize" | "concurrency" | "trustLedger" | "resend" | "busyTimeout">;
  /** Hears of what went wrong in the background, such as a lost connection to PostgreSQL. Default: nobody does. */
  readonly onError?: (error: unknown) => void;
  /** 0 to 1, for jitter. Default: `Math.random`. */
  readonly random?: () => number;
}

/** Options for pg-boss with which a killed worker's users are taken over within some ten seconds. */
export const bossOptions = {
  superviseIntervalSeconds: 3,
  monitorIntervalSeconds: 3,
  schedule: false
} as const;
