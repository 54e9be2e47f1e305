import { closeSync, openSync, readSync, renameSync, rmSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { damage } from "./damage.ts";
import { isHeld } from "./ledger-error.ts";
import { applicationId, firstTable, version } from "./ledger-mark.ts";
import { makePrivateFile } from "./private-file.ts";

/** Every `sum` is of what else the row has: see `checksumOf`. */
const tables = `
  ${firstTable}
    id INTEGER PRIMARY KEY, session_id TEXT NOT NULL UNIQUE, run INTEGER NOT NULL, sum INTEGER NOT NULL
  );
  CREATE TABLE place (path TEXT NOT NULL);
  CREATE TABLE block (number INTEGER PRIMARY KEY, sum INTEGER NOT NULL, entries TEXT NOT NULL);
  CREATE TABLE leaf (number INTEGER PRIMARY KEY, next INTEGER NOT NULL, sum INTEGER NOT NULL, places BLOB NOT NULL);
  CREATE TABLE cover (session INTEGER PRIMARY KEY, until INTEGER NOT NULL, sum INTEGER NOT NULL, filter BLOB NOT NULL);
  CREATE TABLE tail (session INTEGER PRIMARY KEY, until INTEGER NOT NULL, sum INTEGER NOT NULL, places BLOB NOT NULL);
  CREATE TABLE sample (session INTEGER PRIMARY KEY, sum INTEGER NOT NULL, datums TEXT NOT NULL);
  CREATE TABLE doubt (
    session INTEGER NOT NULL, run INTEGER NOT NULL, chunk INTEGER NOT NULL,
    begun INTEGER NOT NULL, sum INTEGER NOT NULL, origin_ids TEXT NOT NULL,
    PRIMARY KEY (session, run, chunk)
  ) WITHOUT ROWID;
  PRAGMA user_version = ${version};
  PRAGMA application_id = ${applicationId};
`;

const walOf = (path: string) => `${path}-wal`;

/** Undefined where there is none. Asked in one go: another process may take it away. */
const sizeOf = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.size;

/** Whether the file is shorter than its own header says, cut off then; or of a form that SQLite only reads. */
const isHeaderWrong = (path: string): boolean => {
  const size = sizeOf(path) ?? 0;
  if (size === 0) return false;
  if (size < 100) return true;
  const header = Buffer.alloc(100);
  const file = openSync(path, "r");
  try {
    readSync(file, header, 0, 100, 0);
  } finally {
    closeSync(file);
  }
  if (header[18]! > 2 || header[19]! > 2) return true;
  if (sizeOf(walOf(path)) !== undefined) return false;
  const page = header.readUInt16BE(16);
  return size < (page === 1 ? 65_536 : page) * header.readUInt32BE(28);
};

const textOf = (database: DatabaseSync): string =>
  JSON.stringify(database.prepare("SELECT type, name, sql FROM sqlite_master ORDER BY name").all());

/** What SQLite says of tables that are whole. */
const wholeText = (): string => {
  const database = new DatabaseSync(":memory:");
  try {
    database.exec(tables);
    return textOf(database);
  } finally {
    database.close();
  }
};

let whole: string | undefined;

/** Makes the tables where there are none, in one go: before that the file is empty, after it a ledger. */
const makeTables = (database: DatabaseSync, path: string) => {
  database.exec("BEGIN EXCLUSIVE");
  try {
    // Another process may have made them at this very moment.
    if (database.prepare("SELECT 1 FROM sqlite_master").get() === undefined) {
      database.exec(tables);
      database.prepare("INSERT INTO place VALUES (?)").run(path);
    }
    database.exec("COMMIT");
  } finally {
    if (database.isTransaction) database.exec("ROLLBACK");
  }
};

/** By the log that all processes share from then on. Where others are at it right now, the next one does it. */
const useLog = (database: DatabaseSync) => {
  try {
    database.exec("PRAGMA journal_mode = WAL");
  } catch (cause) {
    if (!isHeld(cause)) throw cause;
  }
};

/** A file that has another name by now tells that one to whoever comes by a third. */
const placeMessage = (database: DatabaseSync, path: string) => {
  if (database.prepare("SELECT path FROM place").get()?.["path"] === path) return;
  database.prepare("UPDATE place SET path = ?").run(path);
};

const connect = (path: string): DatabaseSync => {
  // A log that outlived its run says that the run did not end well: then every page is looked at.
  const isSuspect = (sizeOf(walOf(path)) ?? 0) > 0;
  const isNew = (sizeOf(path) ?? 0) === 0;
  const database = new DatabaseSync(path, { timeout: 10_000 });
  try {
    database.exec("PRAGMA page_size = 8192; PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 2000");
    if (isNew) makeTables(database, path);
    useLog(database);
    database.exec("PRAGMA synchronous = NORMAL");
    whole ??= wholeText();
    if (textOf(database) !== whole) throw damage("The tables are not those of a ledger.");
    if (isSuspect) {
      const { quick_check: verdict } = database.prepare("PRAGMA quick_check(1)").get() as { quick_check: string };
      if (verdict !== "ok") throw damage(verdict);
    }
    placeMessage(database, path);
    return database;
  } catch (cause) {
    database.close();
    throw cause;
  }
};

/** Tells a file from another that has taken its name. */
export const identityOf = (path: string): string => {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats ? `${stats.dev} ${stats.ino}` : "";
};

/**
 * Renames a damaged file, unless somebody else has done so, and makes an empty one; returns the new name. What else had it open
 * writes on into that one.
 */
export const putAside = (path: string, identity: string, now: () => number): string | undefined => {
  if (identityOf(path) !== identity) return undefined;
  const aside = `${path}.damaged-${now()}`;
  renameSync(path, aside);
  for (const rest of [walOf(path), `${path}-shm`, `${path}-journal`]) rmSync(rest, { force: true });
  makePrivateFile(path);
  return aside;
};

/** Opens the file, made where it is empty; throws damage, see `isDamage`, where it is not whole. */
export const openDatabase = (path: string): DatabaseSync => {
  if (path !== ":memory:" && isHeaderWrong(path))
    throw damage("The file is not as long as it says, or of another form.");
  return connect(path);
};
