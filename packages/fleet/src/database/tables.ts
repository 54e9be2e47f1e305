import type { PostgresPool } from "./database.ts";
import { inTransaction } from "./database.ts";
import { schemaName } from "./schema-name.ts";

/** Keys of advisory locks that concern a whole schema. */
const installing = "tideway install";

const ledgerTables = (schema: string) => `
  CREATE TABLE IF NOT EXISTS ${schema}.ledger_session (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    session_id text NOT NULL UNIQUE,
    run integer NOT NULL,
    samples text
  );
  CREATE TABLE IF NOT EXISTS ${schema}.ledger_datum (
    session bigint NOT NULL,
    origin_id text COLLATE "C" NOT NULL,
    fingerprint text NOT NULL,
    kind text NOT NULL,
    children json,
    run integer NOT NULL,
    PRIMARY KEY (session, origin_id)
  ) WITH (fillfactor = 90);
  CREATE TABLE IF NOT EXISTS ${schema}.ledger_doubt (
    session bigint NOT NULL,
    run integer NOT NULL,
    chunk integer NOT NULL,
    begun bigint NOT NULL,
    origin_ids json NOT NULL,
    PRIMARY KEY (session, run, chunk)
  );
`;

const loginTables = (schema: string) => `
  CREATE TABLE IF NOT EXISTS ${schema}.login (key text PRIMARY KEY, content text NOT NULL);
`;

/**
 * The pace is one row that every request writes: in an unlogged table nobody waits for a disk with that row locked. A crash of PostgreSQL
 * empties it, and the server asks for its pause again.
 *
 * The outbox keeps the text of the datums as it was given: \`json\`, not \`jsonb\`, which would write it anew.
 */
const fleetTables = (schema: string) => `
  CREATE TABLE IF NOT EXISTS ${schema}.outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id text NOT NULL,
    datums json NOT NULL,
    count integer NOT NULL,
    queued_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX IF NOT EXISTS outbox_by_user ON ${schema}.outbox (user_id, id);
  CREATE TABLE IF NOT EXISTS ${schema}.fleet_user (
    user_id text PRIMARY KEY,
    due_at timestamptz NOT NULL,
    last_success_at timestamptz,
    added_at timestamptz NOT NULL DEFAULT now(),
    failures integer NOT NULL DEFAULT 0,
    failure text,
    paused text
  ) WITH (fillfactor = 80);
  CREATE INDEX IF NOT EXISTS fleet_user_due ON ${schema}.fleet_user (due_at) WHERE paused IS NULL;
  CREATE INDEX IF NOT EXISTS fleet_user_failing ON ${schema}.fleet_user (failure) WHERE failure IS NOT NULL;
  CREATE TABLE IF NOT EXISTS ${schema}.refused (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id text NOT NULL,
    refused_at timestamptz NOT NULL DEFAULT now(),
    refused_by text NOT NULL,
    code text NOT NULL,
    message text NOT NULL,
    issues json NOT NULL,
    datum json NOT NULL
  );
  CREATE INDEX IF NOT EXISTS refused_by_user ON ${schema}.refused (user_id, id);
  CREATE TABLE IF NOT EXISTS ${schema}.fleet_pause (
    id boolean PRIMARY KEY DEFAULT true CHECK (id),
    reason text NOT NULL,
    paused_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE UNLOGGED TABLE IF NOT EXISTS ${schema}.rate_limit (
    key varchar(255) PRIMARY KEY,
    points integer NOT NULL DEFAULT 0,
    expire bigint
  );
`;

const parts = { ledger: ledgerTables, login: loginTables, fleet: fleetTables } as const;

/** A group of tables that belong together. */
export type TableGroup = keyof typeof parts;

/** The statements that make the tables, to run by hand where the program's own role may not. */
export const tablesOf = (group: TableGroup, schema: string): string => parts[group](schemaName(schema));

/** Makes the tables that are missing, once, however many processes begin together. */
export const ensureTables = async (pool: PostgresPool, group: TableGroup, schema: string): Promise<void> => {
  const statements = tablesOf(group, schema);
  await inTransaction(pool, async (client) => {
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [`${installing} ${schema}`]);
    const { rows } = await client.query("SELECT 1 FROM pg_namespace WHERE nspname = $1", [schema]);
    if (rows.length === 0) await client.query(`CREATE SCHEMA ${schema}`);
    await client.query(statements);
  });
};
