import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Acknowledged } from "../../contract/ledger.ts";
import { checksumOf, textIn } from "../checksum.ts";
import { Block, blockSize } from "./block.ts";
import { rowsOf } from "./rows-of.ts";

/** Blocks kept in memory after they were read: at most one of each remainder. */
const slots = 8;

/** A session's blocks, by number. No one may keep a block that it gave beyond the next call: there may be a newer reading. */
export class BlockStore {
  private readonly first: number;
  private readonly statements: Record<"get" | "some" | "put" | "remove", StatementSync>;
  /** What was read, undefined where there is no such block; not in a Map, the dead tables of which keep what is let go of. */
  private readonly recent: Array<{ readonly number: number; readonly block: Block | undefined } | undefined> = [];
  /** The number of the block that was read last. */
  private loaded = -1;
  /** Not saved yet. */
  private touched = new Map<number, Block>();
  private latest: Block | undefined;
  /** The block that is being filled. */
  private current: Block;

  /** No place before `until` is given to another entry: what was there may have been forgotten. */
  constructor(database: DatabaseSync, session: number, until: number) {
    const { first, last } = rowsOf(session);
    this.first = first;
    this.statements = {
      get: database.prepare("SELECT sum, entries FROM block WHERE number = ?"),
      some: database.prepare("SELECT number, sum, entries FROM block WHERE number BETWEEN ? AND ?"),
      put: database.prepare("INSERT OR REPLACE INTO block VALUES (?, ?, ?)"),
      remove: database.prepare("DELETE FROM block WHERE number = ?")
    };
    const newest = database
      .prepare("SELECT number FROM block WHERE number BETWEEN ? AND ? ORDER BY number DESC LIMIT 1")
      .get(first, last);
    const number = newest ? Number(newest["number"]) - first : -1;
    const isBefore = number < Math.floor(until / blockSize);
    const next = Math.max(number + 1, Math.ceil(until / blockSize));
    this.current = (isBefore ? undefined : this.load(number)) ?? Block.empty(next);
  }

  /** The number of the newest block. */
  get last(): number {
    return this.current.number;
  }

  /** The place that comes after all others. */
  get end(): number {
    return this.current.number * blockSize + this.current.length;
  }

  read(number: number): Block | undefined {
    const { latest, recent } = this;
    if (latest?.number === number) return latest;
    if (number < 0) return undefined;
    const block = this.current.number === number ? this.current : this.touched.get(number);
    if (block) return (this.latest = block);
    // A source in the order of the ledger will want the next ones, too.
    if (recent[number % slots]?.number !== number && number === this.loaded + 1) this.loadSome(number);
    const kept = recent[number % slots];
    const found = kept?.number === number ? kept : { number, block: this.load(number) };
    recent[number % slots] = found;
    this.loaded = number;
    if (found.block) this.latest = found.block;
    return found.block;
  }

  /** Adds an entry; returns its block, in which it is the last. */
  append(entry: Acknowledged): Block {
    if (this.current.isFull) this.begin();
    const { current } = this;
    current.put(current.length, entry);
    this.touch(current);
    return current;
  }

  /** Begins a new block, so that none up to the last is added to. */
  begin() {
    this.recent[this.current.number % slots] = undefined;
    this.current = Block.empty(this.current.number + 1);
  }

  /** A block has changed. */
  touch(block: Block) {
    this.touched.set(block.number, block);
  }

  save() {
    for (const [number, block] of this.touched) {
      const row = this.first + number;
      if (block.isVacant) this.statements.remove.run(row);
      else {
        const text = block.toText();
        this.statements.put.run(row, checksumOf(text, row), text);
      }
    }
    this.touched = new Map();
  }

  /** As many as are kept, in one go: that takes half the time. */
  private loadSome(from: number) {
    const { first, touched, current } = this;
    for (const row of this.statements.some.iterate(first + from, first + from + slots - 1)) {
      const number = Number(row["number"]) - first;
      // What is not saved yet is newer than the file.
      if (number >= current.number || touched.has(number)) continue;
      this.recent[number % slots] = { number, block: this.blockOf(number, row) };
    }
  }

  private load(number: number): Block | undefined {
    const row = this.statements.get.get(this.first + number);
    return row && this.blockOf(number, row);
  }

  private blockOf(number: number, row: Readonly<Record<string, unknown>>): Block {
    return Block.fromText(number, textIn(row, "entries", this.first + number));
  }
}
