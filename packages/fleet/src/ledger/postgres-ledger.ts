import { type Ledger, LedgerFailed, type LedgerScope } from "@tideway/core";
import type { PostgresPool } from "../database/database.ts";
import { defaultSchema, schemaName } from "../database/schema-name.ts";
import { SessionLocks } from "../database/session-locks.ts";
import { ensureTables } from "../database/tables.ts";
import { ledgerErrorOf } from "./ledger-error.ts";
import { PostgresSessionLedger, SampledSessionLedger } from "./postgres-session-ledger.ts";

/** Where a ledger is kept. */
export interface PostgresLedgerOptions {
  readonly pool: PostgresPool;
  /** Default: `tideway`. */
  readonly schema?: string;
  /**
   * Whether to keep what the spot check of core compares at the start of a run, some 80 kB a session. Leave it out for many users whose
   * uploads trust the ledger. Default: true.
   */
  readonly samples?: boolean;
}

/** A number that changes with each run into the session: the run before writes nothing more. */
const beginRun = async (pool: PostgresPool, schema: string, sessionId: string) => {
  const { rows } = await pool.query(
    `INSERT INTO ${schema}.ledger_session AS session (session_id, run) VALUES ($1, 1)
     ON CONFLICT (session_id) DO UPDATE SET run = session.run + 1
     RETURNING id, run`,
    [sessionId]
  );
  const [row] = rows as Array<{ readonly id: string; readonly run: number }>;
  return { session: String(row!.id), run: row!.run };
};

/**
 * A ledger in PostgreSQL, for any number of accounts, sessions and machines. Its tables are made when it is first used. A session is
 * held by an advisory lock, of which PostgreSQL lets go when the process ends; a second run into the same session is refused.
 * Should a lock be lost with its connection, the next run fences the former out. One connection of the pool is in use while any
 * session is open. Rejects with a `LedgerFailed`.
 */
export const createPostgresLedger = ({
  pool,
  schema: given = defaultSchema,
  samples = true
}: PostgresLedgerOptions): Ledger => {
  const schema = schemaName(given);
  const locks = new SessionLocks(pool);
  let tables: Promise<void> | undefined;
  const prepare = async () => {
    tables ??= ensureTables(pool, "ledger", schema);
    try {
      await tables;
    } catch (cause) {
      tables = undefined;
      throw cause;
    }
  };

  const open = async ({ sessionId }: LedgerScope) => {
    await prepare();
    const release = await locks.tryLock(`${schema} ledger ${sessionId}`);
    if (!release) {
      const message = "Another upload into this session is running with the same ledger: wait until it has ended.";
      throw new LedgerFailed({ message, isBusy: true });
    }
    try {
      const Session = samples ? SampledSessionLedger : PostgresSessionLedger;
      return new Session({ pool, schema, release, ...(await beginRun(pool, schema, sessionId)) });
    } catch (cause) {
      await release();
      throw cause;
    }
  };

  let place: string | undefined;
  const findPlace = async () => {
    const { rows } = await pool.query(
      "SELECT current_database() AS name, inet_server_addr() AS address, inet_server_port() AS port"
    );
    const [row] = rows as Array<{
      readonly name: string;
      readonly address: string | null;
      readonly port: number | null;
    }>;
    return `PostgreSQL ${row!.address}:${row!.port} ${row!.name} ${schema}`;
  };

  return {
    place: async () => {
      try {
        return (place ??= await findPlace());
      } catch (cause) {
        throw ledgerErrorOf(schema, cause);
      }
    },
    open: async (scope) => {
      try {
        return await open(scope);
      } catch (cause) {
        throw ledgerErrorOf(schema, cause);
      }
    }
  };
};
