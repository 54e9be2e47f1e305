import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { DatumRecord, DatumSelection, DatumState, Store } from "../store/store.ts";
import type { OriginIndex } from "./origin-index.ts";
import { keysPerSet } from "./schema.ts";

type Datums = Pick<
  Store,
  | "removeDataSet"
  | "insertDatums"
  | "markDatums"
  | "destroyMarked"
  | "archiveDatums"
  | "removeDatums"
  | "activateDatums"
  | "findActive"
>;

const states: ReadonlyArray<DatumState> = ["pending", "active", "archived", "marked"];

/** How a state is written. */
export const stateNumbers = { pending: 0, active: 1, archived: 2, marked: 3 } as const;
const { pending, active, archived, marked } = stateNumbers;

/** A row of the table of datums. */
export interface DatumRow {
  readonly key: number;
  readonly state: number;
  readonly time: number | null;
  readonly type: string;
  readonly origin_id: string | null;
  readonly hash: string | null;
  readonly json: string;
}

/** A row as the store tells it. */
export const toDatumRecord = (row: DatumRow): DatumRecord => ({
  originId: row.origin_id ?? undefined,
  type: row.type,
  time: row.time ?? Number.NaN,
  hash: row.hash ?? undefined,
  state: states[row.state] ?? "pending",
  json: row.json
});

/** Prepares each statement once. */
export const statementCache = (database: DatabaseSync): ((sql: string) => ReturnType<DatabaseSync["prepare"]>) => {
  const prepared = new Map<string, ReturnType<DatabaseSync["prepare"]>>();
  return (sql) => {
    const known = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, known);
    return known;
  };
};

/** The keys of a data set: from, and up to but not including. */
export const keyRange = (database: DatabaseSync): ((uploadId: string) => readonly [number, number] | undefined) => {
  const numberOf = database.prepare("SELECT number FROM data_sets WHERE upload_id = ?");
  return (uploadId) => {
    const row = numberOf.get(uploadId) as { readonly number: number } | undefined;
    return row && [row.number * keysPerSet, (row.number + 1) * keysPerSet];
  };
};

/** Datums in SQLite, one data set at a time. */
export const sqliteDatums = (database: DatabaseSync, origins: OriginIndex): Datums => {
  const statement = statementCache(database);
  const rangeOf = keyRange(database);
  const nextKey = database.prepare("SELECT next_key FROM data_sets WHERE upload_id = ?");
  const advance = database.prepare("UPDATE data_sets SET next_key = ? WHERE upload_id = ?");
  const insert = database.prepare(
    "INSERT INTO datums (key, state, time, type, origin_id, hash, json) VALUES (?, ?, ?, ?, ?, ?, ?)"
  );
  const removeSet = database.prepare("DELETE FROM data_sets WHERE upload_id = ?");

  /** The end of a statement about the datums selected, and its values; undefined where there can be none. */
  const where = (uploadId: string, state: string, selection?: DatumSelection) => {
    const range = rangeOf(uploadId);
    if (range === undefined) return undefined;
    const values: Array<SQLInputValue> = [...range];
    let sql = `WHERE key >= ? AND key < ? ${state}`;
    if (selection?.by === "origin") {
      const keys = origins.candidates(selection.values, ...range);
      if (keys.length === 0) return undefined;
      sql += " AND key IN (SELECT value FROM json_each(?)) AND origin_id IN (SELECT value FROM json_each(?))";
      values.push(JSON.stringify(keys), JSON.stringify(selection.values));
    } else if (selection !== undefined) {
      const column = selection.by === "hash" ? "hash" : "json ->> '$.id'";
      sql += ` AND ${column} IN (SELECT value FROM json_each(?))`;
      values.push(JSON.stringify(selection.values));
    }
    return { sql, values };
  };

  const change = (set: string, state: string, uploadId: string, selection?: DatumSelection) => {
    const found = where(uploadId, state, selection);
    if (found !== undefined) statement(`UPDATE datums SET ${set} ${found.sql}`).run(...found.values);
  };

  const remove = (state: string, uploadId: string, selection?: DatumSelection) => {
    const found = where(uploadId, state, selection);
    if (found === undefined) return;
    const gone = statement(`DELETE FROM datums ${found.sql} RETURNING key, origin_id`).all(...found.values);
    for (const { key, origin_id } of gone as unknown as ReadonlyArray<DatumRow>) {
      if (origin_id !== null) origins.remove(origin_id, key);
    }
  };

  return {
    removeDataSet(uploadId) {
      remove("", uploadId);
      removeSet.run(uploadId);
    },
    insertDatums(uploadId, datums) {
      const row = nextKey.get(uploadId) as { readonly next_key: number } | undefined;
      if (row === undefined) return;
      let key = row.next_key;
      for (const { state, time, type, originId, hash, json } of datums) {
        const at = Number.isNaN(time) ? null : time;
        insert.run(key, stateNumbers[state], at, type, originId ?? null, hash ?? null, json);
        if (originId !== undefined) origins.add(originId, key);
        key += 1;
      }
      advance.run(key, uploadId);
    },
    markDatums: (uploadId, selection) => change(`state = ${marked}`, `AND state <> ${marked}`, uploadId, selection),
    destroyMarked: (uploadId, selection) => remove(`AND state = ${marked}`, uploadId, selection),
    archiveDatums: (uploadId, selection) =>
      change(`state = ${archived}, archived_for = NULL`, `AND state = ${active}`, uploadId, selection),
    removeDatums: (uploadId, selection) => remove("", uploadId, selection),
    activateDatums: (uploadId) =>
      change(`state = ${active}, archived_for = NULL`, `AND state IN (${pending}, ${archived})`, uploadId),
    findActive(uploadId, selection) {
      const found = where(uploadId, `AND state = ${active}`, selection);
      if (found === undefined) return [];
      const rows = statement(`SELECT * FROM datums ${found.sql} ORDER BY key`).all(...found.values);
      return rows.map((row) => toDatumRecord(row as unknown as DatumRow));
    }
  };
};
