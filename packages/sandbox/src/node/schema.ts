import type { DatabaseSync } from "node:sqlite";

/** How many keys a data set has room for. */
export const keysPerSet = 2 ** 32;

/**
 * What turns a database of one version into one of the next; the first makes an empty file into version 1. Never change
 * one that was released: add another.
 *
 * A datum's key is its data set's number times 2^32 plus its place in the set, so that a data set lies together, needs no index
 * to be read, and grows at its end. A key is never given twice. `origins` finds datums by the hash of their origin id.
 */
export const migrations: ReadonlyArray<string> = [
  `
  CREATE TABLE data_sets (
    number INTEGER PRIMARY KEY,
    upload_id TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL,
    active INTEGER NOT NULL,
    closed INTEGER NOT NULL,
    created_time INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    client_name TEXT,
    device_id TEXT,
    body TEXT NOT NULL,
    next_key INTEGER NOT NULL,
    settled INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX data_sets_of_user ON data_sets (user_id, created_time);
  CREATE TABLE datums (
    key INTEGER PRIMARY KEY,
    state INTEGER NOT NULL,
    time INTEGER,
    type TEXT NOT NULL,
    origin_id TEXT,
    hash TEXT,
    archived_for TEXT,
    json TEXT NOT NULL
  ) STRICT;
  CREATE TABLE origins (hash INTEGER NOT NULL, key INTEGER NOT NULL, PRIMARY KEY (hash, key)) STRICT, WITHOUT ROWID;
  CREATE INDEX datums_by_hash ON datums (hash) WHERE hash IS NOT NULL;
  CREATE TABLE users (user_id TEXT PRIMARY KEY, email TEXT COLLATE NOCASE, record TEXT NOT NULL) STRICT;
  CREATE INDEX users_by_email ON users (email);
  CREATE TABLE tokens (hash TEXT PRIMARY KEY, family TEXT NOT NULL, record TEXT NOT NULL) STRICT;
  CREATE INDEX tokens_by_family ON tokens (family);
  CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  `
];

/** The file was written by a later version of the sandbox. */
export class StoreTooNew extends Error {
  readonly _tag = "StoreTooNew";
  override readonly name = "StoreTooNew";
  readonly found: number;
  readonly known: number;
  constructor(found: number, known: number) {
    super(
      `The data file has schema version ${found}, this sandbox knows up to ${known}. Use a newer one, or another file.`
    );
    this.found = found;
    this.known = known;
  }
}

/** Brings a database to the newest schema, each step in a transaction of its own. */
export const migrate = (database: DatabaseSync, steps: ReadonlyArray<string> = migrations): void => {
  const row = database.prepare("PRAGMA user_version").get() as { readonly user_version: number };
  if (row.user_version > steps.length) throw new StoreTooNew(row.user_version, steps.length);
  for (let version = row.user_version; version < steps.length; version += 1) {
    database.exec("BEGIN");
    try {
      database.exec(`${steps[version]}; PRAGMA user_version = ${version + 1}; COMMIT`);
    } catch (error) {
      database.exec("ROLLBACK");
      throw error;
    }
  }
};
