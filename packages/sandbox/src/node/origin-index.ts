import type { DatabaseSync } from "node:sqlite";
import { keysPerSet } from "./schema.ts";
import { textHash } from "./text-hash.ts";
import { createWriteBuffer, type WriteBuffer } from "./write-buffer.ts";

/** Finds datums by origin id. What it finds are candidates: equal hashes are not yet equal ids. */
export interface OriginIndex {
  add(originId: string, key: number): void;
  remove(originId: string, key: number): void;
  /** Keys within [from, to) whose datum may have one of these origin ids. */
  candidates(originIds: ReadonlyArray<string>, from: number, to: number): ReadonlyArray<number>;
  /** Reads what is not in the file yet from the datums again, after changes were undone. */
  reload(): void;
  /** Writes a little of what has gathered into the file; call it after each transaction. */
  settle(): void;
}

/**
 * How many entries gather before they are written: a sixteenth of what the file holds, within bounds. More make writing
 * cheaper, opening slower and memory larger.
 */
const enoughFor = (settled: number): number => Math.min(131_072, Math.max(16_384, settled / 16));

/** What is on its way into the file: all of it in the order of the file, and up to where it is there. */
interface Round {
  readonly entries: WriteBuffer;
  readonly sorted: ReadonlyArray<readonly [hash: number, key: number]>;
  /** Each data set's next key when the round began. */
  readonly until: ReadonlyArray<readonly [number: number, key: number]>;
  written: number;
}

/** What was asked last within a transaction, and the answer. */
interface Asked {
  readonly originIds: ReadonlyArray<string>;
  readonly from: number;
  readonly found: ReadonlyArray<number>;
}

/**
 * The index of origin ids. They are random as a rule, so that a thousand new ones dirty a thousand pages of a tree on disk, ten
 * times as many as the datums themselves. Hence new entries gather in memory; once they are many they are sorted and
 * written a little with each request, neighbours together. They can be lost without harm: `data_sets.settled` says up
 * to which key a set's entries are in the file, and opening reads the rest from the datums.
 */
export const createOriginIndex = (database: DatabaseSync): OriginIndex => {
  const insert = database.prepare("INSERT OR IGNORE INTO origins (hash, key) VALUES (?, ?)");
  const removeOne = database.prepare("DELETE FROM origins WHERE hash = ? AND key = ?");
  const find = database.prepare(
    "SELECT key FROM origins WHERE hash IN (SELECT value FROM json_each(?)) AND key >= ? AND key < ?"
  );
  const unsettledSets = database.prepare("SELECT number, next_key FROM data_sets WHERE settled <> next_key");
  const countSettled = database.prepare(`SELECT total(settled - number * ${keysPerSet}) AS count FROM data_sets`);
  const setSettled = database.prepare("UPDATE data_sets SET settled = ? WHERE number = ?");
  const unsettled = database.prepare(`
    SELECT datums.key, datums.origin_id FROM data_sets
    JOIN datums ON datums.key >= data_sets.settled AND datums.key < data_sets.next_key
    WHERE data_sets.settled < data_sets.next_key AND datums.origin_id IS NOT NULL`);
  let fresh = createWriteBuffer();
  let round: Round | undefined;
  let added = 0;
  let settled = 0;
  // Mark and destroy of one request ask the same: what it inserts between them is not marked, so the answer still holds.
  let asked: Asked | undefined;

  const add = (originId: string, key: number) => {
    fresh.add(textHash(originId), key);
    added += 1;
  };

  const reload = () => {
    fresh = createWriteBuffer();
    round = undefined;
    asked = undefined;
    added = 0;
    settled = Number(countSettled.get()?.["count"]);
    for (const row of unsettled.iterate()) add(row["origin_id"] as string, row["key"] as number);
  };
  reload();

  const begin = (): Round => {
    const entries = fresh;
    fresh = createWriteBuffer();
    const until = unsettledSets.all().map((row) => [row["number"] as number, row["next_key"] as number] as const);
    return { entries, sorted: entries.sorted(), until, written: 0 };
  };

  const write = ({ entries, sorted, until, written }: Round, end: number) => {
    for (const [hash, key] of sorted.slice(written, end)) if (entries.has(hash, key)) insert.run(hash, key);
    if (end >= sorted.length) for (const [number, key] of until) setSettled.run(key, number);
  };

  return {
    add,
    reload,
    remove(originId, key) {
      const hash = textHash(originId);
      if (fresh.remove(hash, key)) return;
      round?.entries.remove(hash, key);
      removeOne.run(hash, key);
    },
    candidates(originIds, from, to) {
      if (asked?.originIds === originIds && asked.from === from) return asked.found;
      const hashes = originIds.map(textHash);
      const found = find.all(JSON.stringify(hashes), from, to).map((row) => row["key"] as number);
      for (const gathered of round === undefined ? [fresh] : [fresh, round.entries]) {
        for (const hash of hashes) {
          for (const key of gathered.keys(hash)) if (key >= from && key < to) found.push(key);
        }
      }
      if (database.isTransaction) asked = { originIds, from, found };
      return found;
    },
    settle() {
      asked = undefined;
      // A little more than came in, so that a round is over before the next has gathered.
      const portion = Math.ceil(added * 1.1) + 16;
      added = 0;
      if (round === undefined && fresh.size() < enoughFor(settled)) return;
      round ??= begin();
      const end = round.written + portion;
      database.exec("BEGIN IMMEDIATE");
      try {
        write(round, end);
        database.exec("COMMIT");
      } catch (error) {
        database.exec("ROLLBACK");
        throw error;
      }
      round.written = end;
      if (end < round.sorted.length) return;
      settled += round.sorted.length;
      round = undefined;
    }
  };
};
