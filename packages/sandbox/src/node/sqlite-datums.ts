import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { DatumRecord, DatumSelection, DatumState, Store } from "../store/store.ts";

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
  | "archiveByHashes"
  | "unarchiveByHashes"
  | "removeDeviceDatums"
  | "readDatums"
  | "countDatums"
>;

const perSet = 2 ** 32;
const pageSize = 500;
const states: ReadonlyArray<DatumState> = ["pending", "active", "archived", "marked"];
const [pending, active, archived, marked] = [0, 1, 2, 3];

const selectedBy: Readonly<Record<DatumSelection["by"], string>> = {
  origin: "origin_id IN (SELECT value FROM json_each(?))",
  hash: "hash IN (SELECT value FROM json_each(?))",
  id: "json ->> '$.id' IN (SELECT value FROM json_each(?))"
};

interface Row {
  readonly key: number;
  readonly state: number;
  readonly time: number | null;
  readonly type: string;
  readonly origin_id: string | null;
  readonly hash: string | null;
  readonly json: string;
}

function toRecord(row: Row): DatumRecord {
  return {
    originId: row.origin_id ?? undefined,
    type: row.type,
    time: row.time ?? Number.NaN,
    hash: row.hash ?? undefined,
    state: states[row.state] ?? "pending",
    json: row.json
  };
}

/** Datums in SQLite. */
export function sqliteDatums(database: DatabaseSync): Datums {
  const numberOf = database.prepare("SELECT number FROM data_sets WHERE upload_id = ?");
  const last = database.prepare("SELECT max(key) AS key FROM datums WHERE key >= ? AND key < ?");
  const insert = database.prepare(
    "INSERT INTO datums (key, state, time, type, origin_id, hash, json) VALUES (?, ?, ?, ?, ?, ?, ?)"
  );
  const removeSet = database.prepare("DELETE FROM data_sets WHERE upload_id = ?");
  const counts = database.prepare(
    `SELECT type, count(*) AS count FROM datums WHERE key >= ? AND key < ? AND state = ${active} GROUP BY type`
  );
  const ofUser = "key / 4294967296 IN (SELECT number FROM data_sets WHERE user_id = ?)";
  const prepared = new Map<string, ReturnType<DatabaseSync["prepare"]>>();
  const statement = (sql: string) => {
    const known = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, known);
    return known;
  };

  const rangeOf = (uploadId: string): readonly [number, number] | undefined => {
    const row = numberOf.get(uploadId) as { readonly number: number } | undefined;
    return row && [row.number * perSet, (row.number + 1) * perSet];
  };

  /** Runs a statement on a data set's datums, or on those selected. */
  const on = (verb: string, condition: string, uploadId: string, selection?: DatumSelection) => {
    const range = rangeOf(uploadId);
    if (range === undefined) return;
    const selected = selection === undefined ? "" : ` AND ${selectedBy[selection.by]}`;
    const values: Array<SQLInputValue> = selection === undefined ? [] : [JSON.stringify(selection.values)];
    statement(`${verb} WHERE key >= ? AND key < ?${condition}${selected}`).run(...range, ...values);
  };

  return {
    removeDataSet(uploadId) {
      on("DELETE FROM datums", "", uploadId);
      removeSet.run(uploadId);
    },
    insertDatums(uploadId, datums) {
      const range = rangeOf(uploadId);
      if (range === undefined) return;
      const row = last.get(...range) as { readonly key: number | null };
      let key = row.key ?? range[0];
      for (const { state, time, type, originId, hash, json } of datums) {
        key += 1;
        const at = Number.isNaN(time) ? null : time;
        insert.run(key, states.indexOf(state), at, type, originId ?? null, hash ?? null, json);
      }
    },
    markDatums: (uploadId, selection) =>
      on(`UPDATE datums SET state = ${marked}`, ` AND state <> ${marked}`, uploadId, selection),
    destroyMarked: (uploadId, selection) => on("DELETE FROM datums", ` AND state = ${marked}`, uploadId, selection),
    archiveDatums: (uploadId, selection) =>
      on(`UPDATE datums SET state = ${archived}, archived_for = NULL`, ` AND state = ${active}`, uploadId, selection),
    removeDatums: (uploadId, selection) => on("DELETE FROM datums", "", uploadId, selection),
    activateDatums: (uploadId) =>
      on(
        `UPDATE datums SET state = ${active}, archived_for = NULL`,
        ` AND state IN (${pending}, ${archived})`,
        uploadId
      ),
    findActive(uploadId, selection) {
      const range = rangeOf(uploadId);
      if (range === undefined) return [];
      const sql = `SELECT * FROM datums WHERE key >= ? AND key < ? AND state = ${active} AND ${selectedBy[selection.by]}`;
      const rows = statement(sql).all(...range, JSON.stringify(selection.values));
      return rows.map((row) => toRecord(row as unknown as Row));
    },
    archiveByHashes(userId, deviceId, uploadId) {
      const range = rangeOf(uploadId);
      if (range === undefined) return;
      statement(
        `UPDATE datums SET state = ${archived}, archived_for = ?
         WHERE hash IN (SELECT hash FROM datums WHERE key >= ? AND key < ? AND hash IS NOT NULL)
           AND state = ${active} AND json ->> '$.deviceId' = ? AND ${ofUser}`
      ).run(uploadId, ...range, deviceId, userId);
    },
    unarchiveByHashes(userId, deviceId, uploadId) {
      statement(
        `UPDATE datums SET state = ${active}, archived_for = NULL
         WHERE hash IS NOT NULL AND archived_for = ? AND state = ${archived} AND json ->> '$.deviceId' = ? AND ${ofUser}`
      ).run(uploadId, deviceId, userId);
    },
    removeDeviceDatums(userId, deviceId, exceptUploadId) {
      const [from, to] = rangeOf(exceptUploadId) ?? [-1, -1];
      statement(`DELETE FROM datums WHERE json ->> '$.deviceId' = ? AND NOT (key >= ? AND key < ?) AND ${ofUser}`).run(
        deviceId,
        from,
        to,
        userId
      );
    },
    *readDatums({ uploadIds, types, from, to }) {
      const conditions = [
        ...(types === undefined ? [] : ["AND type IN (SELECT value FROM json_each(?))"]),
        ...(from === undefined ? [] : ["AND time >= ?"]),
        ...(to === undefined ? [] : ["AND time <= ?"])
      ].join(" ");
      const values: ReadonlyArray<SQLInputValue> = [
        ...(types === undefined ? [] : [JSON.stringify([...types])]),
        ...(from === undefined ? [] : [from]),
        ...(to === undefined ? [] : [to])
      ];
      // Page by page instead of one long cursor: a slow reader then never holds a snapshot against writers.
      const page = statement(
        `SELECT * FROM datums WHERE key > ? AND key < ? AND state = ${active} ${conditions} ORDER BY key LIMIT ${pageSize}`
      );
      for (const uploadId of uploadIds) {
        const range = rangeOf(uploadId);
        if (range === undefined) continue;
        let after = range[0];
        for (;;) {
          const rows = page.all(after, range[1], ...values) as unknown as ReadonlyArray<Row>;
          for (const row of rows) yield toRecord(row);
          const lastRow = rows.at(-1);
          if (lastRow === undefined || rows.length < pageSize) break;
          after = lastRow.key;
        }
      }
    },
    countDatums(uploadId) {
      const range = rangeOf(uploadId);
      if (range === undefined) return {};
      const rows = counts.all(...range) as unknown as ReadonlyArray<{ readonly type: string; readonly count: number }>;
      return Object.fromEntries(rows.map(({ type, count }) => [type, count]));
    }
  };
}
