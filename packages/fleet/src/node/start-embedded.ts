import { servePGlite } from "./serve-pglite.ts";

/** A PostgreSQL inside this process. */
export interface EmbeddedPostgres {
  /** For a `Pool` of `pg`, and for pg-boss, in this process and in others of this machine. */
  readonly url: string;
  close(): Promise<void>;
}

/** How to start it. */
export interface EmbeddedOptions {
  /** A folder that keeps the data. Default: none, in memory. */
  readonly folder?: string;
  /** Default: a free one. */
  readonly port?: number;
}

/**
 * Starts PGlite, a PostgreSQL in WebAssembly, behind a port of this machine: for tests and to try things out, nothing to install.
 *
 * All its connections share one session and take turns, transaction by transaction: an advisory lock that one of them holds keeps
 * no other out. What rests on those is weaker here: two processes may open one session's ledger, of which the later one wins.
 */
export const startEmbedded = async ({ folder, port = 0 }: EmbeddedOptions = {}): Promise<EmbeddedPostgres> => {
  // Only where it is used: it is an optional peer.
  const { PGlite } = await import("@electric-sql/pglite");
  const db = await PGlite.create(folder === undefined ? {} : { dataDir: folder });
  const server = await servePGlite(db, port);
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${server.port}/postgres`,
    close: async () => {
      await server.close();
      await db.close();
    }
  };
};
