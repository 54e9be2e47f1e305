import type { TokenStore } from "@tideway/transport";
import type { PostgresPool } from "../database/database.ts";
import { defaultSchema, schemaName } from "../database/schema-name.ts";
import { SessionLocks } from "../database/session-locks.ts";
import { ensureTables } from "../database/tables.ts";

/** Where logins are kept, and in what form. */
export interface PostgresTokenStoreOptions {
  readonly pool: PostgresPool;
  /** Default: `tideway`. */
  readonly schema?: string;
  /**
   * How a login is written, such as encrypted by a key of your own: whoever can read the text is logged in. Default: as it is.
   */
  readonly cipher?: {
    readonly encrypt: (text: string) => string | Promise<string>;
    readonly decrypt: (text: string) => string | Promise<string>;
  };
}

const asItIs = { encrypt: (text: string) => text, decrypt: (text: string) => text };

/**
 * A store of logins in PostgreSQL, for any number of processes and machines: `storedLogin({ store, profile: userId })` finds each
 * user's. Only one of them at a time renews a login; of a killed one's turn PostgreSQL lets go. Its table is made when it is first
 * used. Whoever can read the table is logged in, unless a `cipher` is given.
 */
export const createPostgresTokenStore = ({
  pool,
  schema: given = defaultSchema,
  cipher = asItIs
}: PostgresTokenStoreOptions): TokenStore => {
  const schema = schemaName(given);
  const locks = new SessionLocks(pool);
  let tables: Promise<void> | undefined;
  const query = async (statement: string, values: Array<unknown>) => {
    tables ??= ensureTables(pool, "login", schema);
    try {
      await tables;
    } catch (cause) {
      tables = undefined;
      throw cause;
    }
    return (await pool.query(statement, values)).rows;
  };

  return {
    place: `PostgreSQL, table ${schema}.login`,
    read: async (key) => {
      const [row] = await query(`SELECT content FROM ${schema}.login WHERE key = $1`, [key]);
      return row === undefined ? undefined : cipher.decrypt((row as { readonly content: string }).content);
    },
    write: async (key, text) => {
      await query(
        `INSERT INTO ${schema}.login VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET content = excluded.content`,
        [key, await cipher.encrypt(text)]
      );
    },
    remove: async (key) => {
      await query(`DELETE FROM ${schema}.login WHERE key = $1`, [key]);
    },
    exclusively: (key, work) => locks.exclusively(`${schema} login ${key}`, work)
  };
};
