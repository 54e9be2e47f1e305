/** What answers a statement: a client or a pool of `pg`, or anything shaped like one. */
export interface Queryable {
  query(text: string, values?: Array<unknown>): Promise<{ readonly rows: Array<unknown> }>;
}

/** A connection of its own, taken from a pool. */
export interface PostgresClient extends Queryable {
  /** Gives it back; `true` closes it instead. */
  release(destroy?: boolean): void;
  on(event: "error", listener: (error: Error) => void): unknown;
  off(event: "error", listener: (error: Error) => void): unknown;
}

/** A pool of connections to PostgreSQL 13 or newer: a `Pool` of `pg`. Listen to its `error` event, as `pg` asks for. */
export interface PostgresPool extends Queryable {
  connect(): Promise<PostgresClient>;
}

/**
 * Your own open transaction: a client of `pg` after `BEGIN`, or what pg-boss's `fromDrizzle`, `fromKysely`, `fromKnex` and
 * `fromPrisma` make of other libraries' transactions.
 */
export type Transaction =
  | Queryable
  | { executeSql(text: string, values?: Array<unknown>): Promise<{ readonly rows: Array<unknown> }> };

/** The transaction in the form that pg-boss takes. */
export const toBossDb = (transaction: Transaction) => ({
  executeSql: (text: string, values: ReadonlyArray<unknown> = []) =>
    "executeSql" in transaction ? transaction.executeSql(text, [...values]) : transaction.query(text, [...values])
});

/** Runs some work in one transaction on a connection of its own: all of it or nothing. */
export const inTransaction = async <A>(
  pool: PostgresPool,
  work: (client: PostgresClient) => Promise<A>
): Promise<A> => {
  const client = await pool.connect();
  let isBroken = false;
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (cause) {
    await client.query("ROLLBACK").catch(() => {
      isBroken = true;
    });
    throw cause;
  } finally {
    client.release(isBroken);
  }
};
