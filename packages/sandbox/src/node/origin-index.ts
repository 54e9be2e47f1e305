import type { DatabaseSync } from "node:sqlite";
import { textHash } from "./text-hash.ts";

/** Finds datums by origin id. What it finds are candidates: equal hashes are not yet equal ids. */
export interface OriginIndex {
  add(originId: string, key: number): void;
  remove(originId: string, key: number): void;
  /** Keys within [from, to) whose datum may have one of these origin ids. */
  candidates(originIds: ReadonlyArray<string>, from: number, to: number): ReadonlyArray<number>;
  /** Reads what is not in the file yet from the datums again, after changes were undone. */
  reload(): void;
  /** Writes what has gathered into the file once that is much; call it outside of a transaction. */
  settle(): void;
}

/** Entries kept in memory before they are written: more make writing cheaper and opening slower. */
const enough = 131_072;

interface Entry {
  readonly hash: number;
  readonly key: number;
}

/**
 * The index of origin ids. They are random as a rule, so that a thousand new ones dirty a thousand pages of a tree on disk, ten
 * times as many as the datums themselves. Hence new entries gather in memory and are written sorted, many to a page. They
 * can be lost without harm: `data_sets.settled` says up to which key a set's entries are in the file, and opening
 * reads the rest from the datums.
 */
export function createOriginIndex(database: DatabaseSync): OriginIndex {
  const insert = database.prepare("INSERT OR IGNORE INTO origins (hash, key) VALUES (?, ?)");
  const removeOne = database.prepare("DELETE FROM origins WHERE hash = ? AND key = ?");
  const find = database.prepare(
    "SELECT key FROM origins WHERE hash IN (SELECT value FROM json_each(?)) AND key >= ? AND key < ?"
  );
  const settleAll = database.prepare("UPDATE data_sets SET settled = next_key WHERE settled <> next_key");
  const gathered = new Map<number, Array<number>>();
  let count = 0;

  const add = (originId: string, key: number) => {
    const hash = textHash(originId);
    const keys = gathered.get(hash);
    if (keys === undefined) gathered.set(hash, [key]);
    else keys.push(key);
    count += 1;
  };

  const unsettled = database.prepare(`
    SELECT datums.key, datums.origin_id FROM data_sets
    JOIN datums ON datums.key >= data_sets.settled AND datums.key < data_sets.next_key
    WHERE data_sets.settled < data_sets.next_key AND datums.origin_id IS NOT NULL`);
  const reload = () => {
    gathered.clear();
    count = 0;
    for (const row of unsettled.iterate()) add(row["origin_id"] as string, row["key"] as number);
  };
  reload();

  return {
    add,
    reload,
    remove(originId, key) {
      const hash = textHash(originId);
      const keys = gathered.get(hash);
      const at = keys?.indexOf(key) ?? -1;
      if (keys === undefined || at < 0) {
        removeOne.run(hash, key);
        return;
      }
      keys.splice(at, 1);
      count -= 1;
      if (keys.length === 0) gathered.delete(hash);
    },
    candidates(originIds, from, to) {
      const hashes = originIds.map(textHash);
      const found = find.all(JSON.stringify(hashes), from, to).map((row) => row["key"] as number);
      for (const hash of new Set(hashes)) {
        for (const key of gathered.get(hash) ?? []) if (key >= from && key < to) found.push(key);
      }
      return found;
    },
    settle() {
      if (count < enough) return;
      const entries: Array<Entry> = [];
      for (const [hash, keys] of gathered) for (const key of keys) entries.push({ hash, key });
      entries.sort((a, b) => a.hash - b.hash);
      database.exec("BEGIN IMMEDIATE");
      try {
        for (const { hash, key } of entries) insert.run(hash, key);
        settleAll.run();
        database.exec("COMMIT");
      } catch (error) {
        database.exec("ROLLBACK");
        throw error;
      }
      gathered.clear();
      count = 0;
    }
  };
}
