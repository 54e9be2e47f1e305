import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { Store } from "../store/store.ts";
import type { OriginIndex } from "./origin-index.ts";
import { keysPerSet } from "./schema.ts";
import { keyRange, stateNumbers, statementCache, toDatumRecord, type DatumRow } from "./sqlite-datums.ts";

type AcrossSets = Pick<
  Store,
  "archiveByHashes" | "unarchiveByHashes" | "removeDeviceDatums" | "readDatums" | "countDatums"
>;

const pageSize = 500;
const { active, archived } = stateNumbers;
const ofUser = `key / ${keysPerSet} IN (SELECT number FROM data_sets WHERE user_id = ?)`;

/** Datums in SQLite, across the data sets of a user. */
export const sqliteAcrossSets = (database: DatabaseSync, origins: OriginIndex): AcrossSets => {
  const statement = statementCache(database);
  const rangeOf = keyRange(database);
  const archive = database.prepare(
    `UPDATE datums SET state = ${archived}, archived_for = ?
     WHERE hash IN (SELECT hash FROM datums WHERE key >= ? AND key < ? AND hash IS NOT NULL)
       AND state = ${active} AND json ->> '$.deviceId' = ? AND ${ofUser}`
  );
  const ownEqual = "own.key >= :from AND own.key < :to AND own.hash = datums.hash";
  const archivedFor = `hash IS NOT NULL AND archived_for = :uploadId AND json ->> '$.deviceId' = :deviceId
     AND key / ${keysPerSet} IN (SELECT number FROM data_sets WHERE user_id = :userId)`;
  const handOver = database.prepare(
    `UPDATE datums SET archived_for = (SELECT archived_for FROM datums own WHERE ${ownEqual})
     WHERE ${archivedFor}
       AND EXISTS (SELECT 1 FROM datums own WHERE ${ownEqual} AND own.state = ${archived} AND own.archived_for IS NOT NULL)`
  );
  const unarchive = database.prepare(
    `UPDATE datums SET state = ${active}, archived_for = NULL
     WHERE ${archivedFor} AND EXISTS (SELECT 1 FROM datums own WHERE ${ownEqual} AND own.state = ${active})`
  );
  const removeDevice = database.prepare(
    `DELETE FROM datums WHERE json ->> '$.deviceId' = ? AND NOT (key >= ? AND key < ?) AND ${ofUser}
     RETURNING key, origin_id`
  );
  const counts = database.prepare(
    `SELECT type, count(*) AS count FROM datums WHERE key >= ? AND key < ? AND state = ${active} GROUP BY type`
  );

  return {
    archiveByHashes(userId, deviceId, uploadId) {
      const range = rangeOf(uploadId);
      if (range !== undefined) archive.run(uploadId, ...range, deviceId, userId);
    },
    unarchiveByHashes(userId, deviceId, uploadId) {
      const range = rangeOf(uploadId);
      if (range === undefined) return;
      const [from, to] = range;
      const named = { from, to, uploadId, deviceId, userId };
      unarchive.run(named);
      handOver.run(named);
    },
    removeDeviceDatums(userId, deviceId, exceptUploadId) {
      const [from, to] = rangeOf(exceptUploadId) ?? [-1, -1];
      const gone = removeDevice.all(deviceId, from, to, userId) as unknown as ReadonlyArray<DatumRow>;
      for (const { key, origin_id } of gone) if (origin_id !== null) origins.remove(origin_id, key);
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
        `SELECT * FROM datums WHERE key >= ? AND key < ? AND state = ${active} ${conditions} ORDER BY key LIMIT ${pageSize}`
      );
      for (const uploadId of uploadIds) {
        const range = rangeOf(uploadId);
        if (range === undefined) continue;
        let [next] = range;
        for (;;) {
          const rows = page.all(next, range[1], ...values) as unknown as ReadonlyArray<DatumRow>;
          for (const row of rows) yield toDatumRecord(row);
          const last = rows.at(-1);
          if (last === undefined || rows.length < pageSize) break;
          next = last.key + 1;
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
};
