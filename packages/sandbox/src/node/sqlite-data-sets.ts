import type { DatabaseSync } from "node:sqlite";
import type { DataSetRecord, Store } from "../store/store.ts";
import { keysPerSet } from "./schema.ts";

type DataSets = Pick<Store, "insertDataSet" | "getDataSet" | "updateDataSet" | "listDataSets" | "dataSetsOf">;

interface Row {
  readonly upload_id: string;
  readonly user_id: string;
  readonly active: number;
  readonly closed: number;
  readonly created_time: number;
  readonly deleted: number;
  readonly revision: number;
  readonly body: string;
}

const toRecord = (row: unknown): DataSetRecord => {
  const { upload_id, user_id, active, closed, created_time, deleted, revision, body } = row as Row;
  return {
    uploadId: upload_id,
    userId: user_id,
    active: active === 1,
    closed: closed === 1,
    createdTime: created_time,
    deleted: deleted === 1,
    revision,
    body: JSON.parse(body) as DataSetRecord["body"]
  };
};

/** Data sets in SQLite. */
export const sqliteDataSets = (database: DatabaseSync): DataSets => {
  const columns = "upload_id, user_id, active, closed, created_time, deleted, revision, client_name, device_id, body";
  const insert = database.prepare(
    `INSERT OR IGNORE INTO data_sets (${columns}, next_key, settled) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)`
  );
  const firstKey = database.prepare(
    `UPDATE data_sets SET next_key = number * ${keysPerSet}, settled = number * ${keysPerSet} WHERE number = ?`
  );
  const get = database.prepare(`SELECT ${columns} FROM data_sets WHERE upload_id = ?`);
  const update = database.prepare(
    `UPDATE data_sets SET (${columns}) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE upload_id = ?`
  );
  const list = database.prepare(`
    SELECT ${columns} FROM data_sets
    WHERE user_id = :userId AND active = 1 AND (:deleted = 1 OR deleted = 0)
      AND (:clientName IS NULL OR client_name = :clientName) AND (:deviceId IS NULL OR device_id = :deviceId)
    ORDER BY created_time DESC, number DESC LIMIT :limit OFFSET :offset`);
  const ofUser = database.prepare(`SELECT ${columns} FROM data_sets WHERE user_id = ? ORDER BY number`);

  const values = (record: DataSetRecord) => {
    const { client, deviceId } = record.body as {
      readonly client?: { readonly name?: string };
      readonly deviceId?: string;
    };
    return [
      record.uploadId,
      record.userId,
      Number(record.active),
      Number(record.closed),
      record.createdTime,
      Number(record.deleted),
      record.revision,
      client?.name ?? null,
      deviceId ?? null,
      JSON.stringify(record.body)
    ];
  };

  return {
    insertDataSet(record) {
      const { changes, lastInsertRowid } = insert.run(...values(record));
      if (changes === 1) firstKey.run(lastInsertRowid);
      return changes === 1;
    },
    getDataSet(uploadId) {
      const row = get.get(uploadId);
      return row === undefined ? undefined : toRecord(row);
    },
    updateDataSet: (record) => void update.run(...values(record), record.uploadId),
    listDataSets: ({ userId, deleted, clientName = null, deviceId = null, limit, offset }) =>
      list.all({ userId, deleted: Number(deleted), clientName, deviceId, limit, offset }).map(toRecord),
    dataSetsOf: (userId) => ofUser.all(userId).map(toRecord)
  };
};
