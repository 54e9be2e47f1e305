import { DatabaseSync } from "node:sqlite";
import type { Store } from "../store/store.ts";
import { createOriginIndex } from "./origin-index.ts";
import { makePrivate } from "./private-file.ts";
import { migrate } from "./schema.ts";
import { sqliteAccounts } from "./sqlite-accounts.ts";
import { sqliteAcrossSets } from "./sqlite-across-sets.ts";
import { sqliteDataSets } from "./sqlite-data-sets.ts";
import { sqliteDatums } from "./sqlite-datums.ts";

/** Where the SQLite store keeps its file. */
export interface SqliteStoreOptions {
  /**
   * The file; made where it is not there, with the folders above it, for its owner alone whatever the umask. `:memory:` keeps
   * nothing.
   */
  readonly path: string;
  /**
   * `normal` loses nothing acknowledged when the process is killed; `full` also survives a power cut, at the price of a
   * disk flush per request. Default: `normal`.
   */
  readonly synchronous?: "normal" | "full";
}

/** Another sandbox has the file open. */
export class StoreInUse extends Error {
  readonly _tag = "StoreInUse";
  override readonly name = "StoreInUse";
  readonly path: string;
  constructor(path: string, cause: unknown) {
    super(`The data file ${path} is in use by another sandbox. Stop that one, or choose another file.`, { cause });
    this.path = path;
  }
}

/** Opens the file for this process alone: what one sandbox knows in memory of the file, another would make wrong. */
const openAlone = (path: string): DatabaseSync => {
  if (path !== "" && path !== ":memory:" && !path.startsWith("file:")) makePrivate(path);
  const database = new DatabaseSync(path);
  try {
    database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; BEGIN IMMEDIATE; COMMIT");
  } catch (error) {
    database.close();
    throw (error as { readonly errcode?: number }).errcode === 5 ? new StoreInUse(path, error) : error;
  }
  return database;
};

/**
 * A store in one SQLite file with a write-ahead log: one transaction a request, acknowledged only when it is in the log. Throws
 * StoreInUse where another process has the file, StoreTooNew for a file of a later version.
 */
export const createSqliteStore = (options: SqliteStoreOptions): Store => {
  const database = openAlone(options.path);
  database.exec(`PRAGMA synchronous = ${options.synchronous === "full" ? "FULL" : "NORMAL"}`);
  database.exec("PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8192");
  migrate(database);
  const origins = createOriginIndex(database);
  return {
    ...sqliteAccounts(database),
    ...sqliteDataSets(database),
    ...sqliteDatums(database, origins),
    ...sqliteAcrossSets(database, origins),
    transaction(work) {
      if (database.isTransaction) return work();
      database.exec("BEGIN IMMEDIATE");
      let result: ReturnType<typeof work>;
      try {
        result = work();
        database.exec("COMMIT");
      } catch (error) {
        if (database.isTransaction) database.exec("ROLLBACK");
        origins.reload();
        throw error;
      }
      origins.settle();
      return result;
    },
    close: () => database.close()
  };
};
