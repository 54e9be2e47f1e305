import { closeSync, openSync, readSync, renameSync, rmSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { LedgerFailed } from "../client-error.ts";
import { damage, isDamage } from "./damage.ts";

/** Raised with every change of the tables. */
const version = 4;

const tables = `
  CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    session_id TEXT NOT NULL UNIQUE,
    run INTEGER NOT NULL DEFAULT 0
  );
  CREATE TABLE block (number INTEGER PRIMARY KEY, entries TEXT NOT NULL);
  CREATE TABLE leaf (number INTEGER PRIMARY KEY, places BLOB NOT NULL);
  CREATE TABLE cover (session INTEGER PRIMARY KEY, until INTEGER NOT NULL, filter BLOB NOT NULL);
  CREATE TABLE tail (session INTEGER PRIMARY KEY, until INTEGER NOT NULL, sum INTEGER NOT NULL, places BLOB NOT NULL);
  CREATE TABLE doubt (
    session INTEGER NOT NULL, run INTEGER NOT NULL, chunk INTEGER NOT NULL,
    begun INTEGER NOT NULL, origin_ids TEXT NOT NULL,
    PRIMARY KEY (session, run, chunk)
  ) WITHOUT ROWID;
  PRAGMA user_version = ${version};
`;

const walOf = (path: string) => `${path}-wal`;

/** Undefined where there is none. Asked in one go: another process may take it away. */
const sizeOf = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.size;

/** Whether the file is shorter than its own header says: cut off, then. */
const isCutShort = (path: string): boolean => {
  const size = sizeOf(path) ?? 0;
  if (size === 0 || sizeOf(walOf(path)) !== undefined) return false;
  if (size < 100) return true;
  const header = Buffer.alloc(100);
  const file = openSync(path, "r");
  try {
    readSync(file, header, 0, 100, 0);
  } finally {
    closeSync(file);
  }
  const page = header.readUInt16BE(16);
  return size < (page === 1 ? 65_536 : page) * header.readUInt32BE(28);
};

const versionOf = (database: DatabaseSync) =>
  (database.prepare("PRAGMA user_version").get() as { user_version: number }).user_version;

const isEmpty = (database: DatabaseSync) => database.prepare("SELECT 1 FROM sqlite_master").get() === undefined;

/** Another process may be making them at this very moment. */
const makeTables = (database: DatabaseSync, path: string) => {
  database.exec("BEGIN IMMEDIATE");
  if (versionOf(database) === 0) {
    if (!isEmpty(database)) {
      throw new LedgerFailed({
        message: `${path} is a database of another program: name another file for the ledger.`
      });
    }
    database.exec(tables);
  }
  database.exec("COMMIT");
};

const connect = (path: string): DatabaseSync => {
  // A log that outlived its run says that the run did not end well: then every page is looked at.
  const isSuspect = (sizeOf(walOf(path)) ?? 0) > 0;
  const database = new DatabaseSync(path, { timeout: 10_000 });
  try {
    database.exec(
      "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 2000"
    );
    const found = versionOf(database);
    if (found > version) {
      throw new LedgerFailed({
        message: `The ledger ${path} was made by a newer Tideway: update this one, or use another file.`
      });
    }
    if (found > 0 && found < version) throw damage("Tables of another version.");
    if (isSuspect) {
      const { quick_check: verdict } = database.prepare("PRAGMA quick_check(1)").get() as { quick_check: string };
      if (verdict !== "ok") throw damage(verdict);
    }
    if (found === 0) makeTables(database, path);
    return database;
  } catch (cause) {
    database.close();
    throw cause;
  }
};

/** Renames a damaged file; returns the new name. What else had it open writes on into that one. */
export const putAside = (path: string, now: () => number): string => {
  const aside = `${path}.damaged-${now()}`;
  renameSync(path, aside);
  for (const rest of [walOf(path), `${path}-shm`]) rmSync(rest, { force: true });
  return aside;
};

/** Opens the file, made where there is none. A damaged one is put aside: what it knew is sent again. */
export const openDatabase = (
  path: string,
  now: () => number,
  onPutAside: (path: string) => void = () => undefined
): DatabaseSync => {
  if (path !== ":memory:" && isCutShort(path)) onPutAside(putAside(path, now));
  try {
    return connect(path);
  } catch (cause) {
    if (!isDamage(cause)) throw cause;
    onPutAside(putAside(path, now));
    return connect(path);
  }
};
