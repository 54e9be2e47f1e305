import type { DatabaseSync, StatementSync } from "node:sqlite";
import { bytesIn, checksumOf } from "../checksum.ts";
import { isDamage } from "../damage.ts";
import { IdFilter } from "./id-filter.ts";
import { Leaves } from "./leaves.ts";
import { Tail } from "./tail.ts";

/**
 * Which place an entry has, by the key of its id: the newest entries in memory, all others in the leaves, and a filter
 * that spares most looks for what is nowhere. Nothing is in it that the blocks do not tell.
 */
export class PlaceIndex {
  /** The first place that was not in it when it was opened: all before are, all from there on have to be entered. */
  readonly until: number;
  private readonly session: number;
  private readonly room: number;
  private readonly filter: IdFilter;
  private readonly tail = new Tail();
  private readonly leaves: Leaves;
  private readonly statements: Record<"cover" | "keep" | "drop", StatementSync>;
  private hasLeaves: boolean;

  /** `room` is how many entries may be in memory before they are to be saved: 24 bytes each, or less. */
  constructor(database: DatabaseSync, session: number, room: number) {
    const saved = database.prepare("SELECT until, sum, filter FROM cover WHERE session = ?").get(session);
    this.session = session;
    this.room = room;
    this.filter = new IdFilter(saved && bytesIn(saved, "filter", session, Number(saved["until"])));
    this.leaves = new Leaves(database, session);
    this.statements = {
      cover: database.prepare("INSERT OR REPLACE INTO cover VALUES (?, ?, ?, ?)"),
      keep: database.prepare("INSERT OR REPLACE INTO tail VALUES (?, ?, ?, ?)"),
      drop: database.prepare("DELETE FROM tail WHERE session = ?")
    };
    this.hasLeaves = saved !== undefined;
    const kept = database.prepare("SELECT until, sum, places FROM tail WHERE session = ?").get(session);
    this.until = (kept && this.takeUp(kept)) ?? (saved ? Number(saved["until"]) : 0);
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

  /** Writes what is in memory to the leaves: all before that place are there, then. */
  save(until: number) {
    const keys = this.tail.sorted();
    this.leaves.merge({ keys, places: keys.map((key) => this.tail.get(key)!) });
    this.filter.growTo(until + this.room);
    const { bytes } = this.filter;
    this.statements.cover.run(this.session, until, checksumOf(bytes, this.session, until), bytes);
    this.statements.drop.run(this.session);
    this.hasLeaves = true;
    this.tail.clear();
  }

  /** Writes what is in memory as it is, for the next time this is opened: much quicker than to enter all of it anew. */
  keep(until: number) {
    const places = this.tail.toBytes();
    this.statements.keep.run(this.session, until, checksumOf(places, this.session, until), places);
  }

  /** The place up to which what was kept goes; undefined where it is damaged: the blocks have all that it tells. */
  private takeUp(kept: Readonly<Record<string, unknown>>): number | undefined {
    const until = Number(kept["until"]);
    try {
      this.tail.fill(bytesIn(kept, "places", this.session, until), (key) => this.filter.add(key));
      return until;
    } catch (cause) {
      if (isDamage(cause)) return undefined;
      throw cause;
    }
  }
}
