import type { DatabaseSync, StatementSync } from "node:sqlite";
import { IdFilter } from "./id-filter.ts";
import { Leaves } from "./leaves.ts";
import { Tail } from "./tail.ts";

/**
 * Which place an entry has, by the key of its id: the newest entries in memory, all others in the leaves, and a filter
 * that spares most looks for what is nowhere. Nothing is in it that the blocks do not tell.
 */
export class PlaceIndex {
  /** The number of the last block whose entries were in the leaves when this was opened; -1 where none were. */
  readonly covered: number;
  private readonly session: number;
  private readonly room: number;
  private readonly filter: IdFilter;
  private readonly tail = new Tail();
  private readonly leaves: Leaves;
  private readonly cover: StatementSync;
  private hasLeaves: boolean;

  /** `room` is how many entries may be in memory before they are to be saved: 24 bytes each, or less. */
  constructor(database: DatabaseSync, session: number, room: number) {
    const saved = database.prepare("SELECT covered, filter FROM cover WHERE session = ?").get(session);
    this.covered = saved ? Number(saved["covered"]) : -1;
    this.session = session;
    this.room = room;
    this.filter = new IdFilter(saved?.["filter"] as Uint8Array | undefined);
    this.leaves = new Leaves(database, session);
    this.cover = database.prepare("INSERT OR REPLACE INTO cover VALUES (?, ?, ?)");
    this.hasLeaves = saved !== undefined;
  }

  /** Never false of a key that has a place. */
  mayHave(key: number): boolean {
    return this.filter.mayHave(key);
  }

  get(key: number): number | undefined {
    return this.tail.get(key) ?? (this.hasLeaves ? this.leaves.get(key) : undefined);
  }

  set(key: number, place: number) {
    this.filter.add(key);
    this.tail.set(key, place);
  }

  get isFull(): boolean {
    return this.tail.size >= this.room;
  }

  /** Writes what is in memory to the leaves: up to this block, of so many places in all. */
  save(lastBlock: number, places: number) {
    const keys = this.tail.sorted();
    this.leaves.merge({ keys, places: keys.map((key) => this.tail.get(key)!) });
    this.filter.growTo(places + this.room);
    this.cover.run(this.session, lastBlock, this.filter.bytes);
    this.hasLeaves = true;
    this.tail.clear();
  }
}
