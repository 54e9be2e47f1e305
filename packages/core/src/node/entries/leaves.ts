import type { DatabaseSync, StatementSync } from "node:sqlite";
import { bytesIn, checksumOf } from "../checksum.ts";
import { damage } from "../damage.ts";
import { lowestKey, upperOf } from "./id-key.ts";
import { rowsOf } from "./rows-of.ts";

/** Of 16 bytes each. */
const most = 500;

/** Keys in order, and their places. */
interface Leaf {
  readonly keys: Float64Array;
  readonly places: Float64Array;
}

const nothing: Leaf = { keys: new Float64Array(), places: new Float64Array() };

/** More than any upper bits. */
const beyond = 2 ** 32;

const read = (blob: Uint8Array): Leaf => {
  const count = blob.length / 16;
  return {
    keys: new Float64Array(blob.buffer, blob.byteOffset, count),
    places: new Float64Array(blob.buffer, blob.byteOffset + count * 8, count)
  };
};

/** Two lists in one; where both have a key, the newer one's place. */
const merged = (older: Leaf, newer: Leaf): Leaf => {
  if (older.keys.length === 0) return newer;
  const length = older.keys.length + newer.keys.length;
  const keys = new Float64Array(length);
  const places = new Float64Array(length);
  let [a, b, to] = [0, 0, 0];
  while (a < older.keys.length || b < newer.keys.length) {
    const isOlder = b >= newer.keys.length || older.keys[a]! < newer.keys[b]!;
    if (!isOlder && older.keys[a] === newer.keys[b]) a++;
    keys[to] = isOlder ? older.keys[a]! : newer.keys[b]!;
    places[to++] = isOlder ? older.places[a++]! : newer.places[b++]!;
  }
  return { keys: keys.subarray(0, to), places: places.subarray(0, to) };
};

/** Where keys at or above this one begin. */
const positionOf = (keys: Float64Array, key: number): number => {
  let from = 0;
  let to = keys.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (keys[middle]! < key) from = middle + 1;
    else to = middle;
  }
  return from;
};

/**
 * Where entries are, by key, on disk: key after key in rows of some hundred, each with the upper bits of the lowest key that
 * it may have as its number, and the number of the next: one that is gone is noticed. TextEntry many at once: one by one, keys
 * without order cost SQLite a page each.
 */
export class Leaves {
  private readonly first: number;
  private readonly last: number;
  private readonly statements: Record<"get" | "put" | "numbers", StatementSync>;
  /** A leaf on its way to the file. */
  private written = new Float64Array(2 * most);

  constructor(database: DatabaseSync, session: number) {
    const { first, last } = rowsOf(session);
    this.first = first;
    this.last = last;
    this.statements = {
      get: database.prepare("SELECT * FROM leaf WHERE number BETWEEN ? AND ? ORDER BY number DESC LIMIT 1"),
      put: database.prepare("INSERT OR REPLACE INTO leaf VALUES (?, ?, ?, ?)"),
      numbers: database.prepare("SELECT number FROM leaf WHERE number BETWEEN ? AND ? ORDER BY number")
    };
  }

  get(key: number): number | undefined {
    const leaf = this.leafOf(upperOf(key));
    if (!leaf) throw damage("A row of the index is missing.");
    const { keys, places } = leaf;
    const position = positionOf(keys, key);
    return keys[position] === key ? places[position] : undefined;
  }

  /** Adds places, or replaces those of keys that are here; keys in order. */
  merge({ keys, places }: Leaf) {
    const rows = this.statements.numbers.all(this.first, this.last) as unknown as ReadonlyArray<{ number: number }>;
    const begins = rows.length === 0 ? [0] : rows.map(({ number }) => number - this.first);
    let from = 0;
    for (const [index, begin] of begins.entries()) {
      const next = begins[index + 1];
      const to = next === undefined ? keys.length : positionOf(keys, lowestKey(next));
      if (to > from) {
        const newer = { keys: keys.subarray(from, to), places: places.subarray(from, to) };
        this.save(begin, next ?? beyond, merged(this.leafOf(begin) ?? nothing, newer));
      }
      from = to;
    }
  }

  /** The row that has, or would have, the keys with these upper bits. */
  private leafOf(upper: number): Leaf | undefined {
    const row = this.statements.get.get(this.first, this.first + upper);
    if (!row) return undefined;
    const [number, next] = [Number(row["number"]), Number(row["next"])];
    const places = bytesIn(row, "places", number, next);
    if (this.first + upper >= next) throw damage("A row of the index is missing.");
    return read(places);
  }

  /** In as many rows as it takes, cut where the upper bits change. */
  private save(begin: number, end: number, { keys, places }: Leaf) {
    const pieces = Math.ceil(keys.length / most);
    let from = 0;
    for (let piece = 1; piece <= pieces; piece++) {
      const next = keys[Math.floor((keys.length * piece) / pieces)];
      const to = next === undefined ? keys.length : positionOf(keys, lowestKey(upperOf(next)));
      if (to === from) continue;
      const number = this.first + (from === 0 ? begin : upperOf(keys[from]!));
      const after = this.first + (to === keys.length ? end : upperOf(keys[to]!));
      const bytes = this.bytesOf(keys.subarray(from, to), places.subarray(from, to));
      this.statements.put.run(number, after, checksumOf(bytes, number, after), bytes);
      from = to;
    }
  }

  private bytesOf(keys: Float64Array, places: Float64Array): Uint8Array {
    const { length } = keys;
    if (this.written.length < 2 * length) this.written = new Float64Array(2 * length);
    this.written.set(keys);
    this.written.set(places, length);
    return new Uint8Array(this.written.buffer, 0, 16 * length);
  }
}
