import type * as Effect from "effect/Effect";
import type { Item } from "../../contract/item.ts";
import type { Chunking } from "../../contract/policy.ts";
import { Notifier } from "../../engine/notifier.ts";
import { removeElement } from "../../engine/remove-element.ts";
import { type Chunk, ChunkRecord } from "./chunk.ts";
import { type Chunker, createChunker } from "./chunker.ts";

const none: ReadonlyArray<Item> = [];

const recordOf = (chunk: Chunk): ChunkRecord => {
  if (chunk instanceof ChunkRecord) return chunk;
  throw new TypeError("Only a chunk of this run can change.");
};

/** What a chunk has to wait for: older versions of its datums. */
export interface Blockers {
  /** Whether one of them is filling, ready or in flight. */
  readonly isUnderWay: boolean;
  /** Whether one of them is parked, and until when, in milliseconds since 1970. */
  readonly isParked: boolean;
  readonly until: number;
}

/**
 * The life of every chunk of a run, and the only place where a chunk changes:
 *
 * - `filling` → `ready`: it is full, or the source has ended;
 * - `ready` → `in-flight`: its requests are sent;
 * - `ready` → `parked`: it shares ids with a chunk that is parked;
 * - `in-flight` → `parked`: an answer never came, and what is left of it is sent again later;
 * - `parked` → `in-flight`: the request in question is quiescent;
 * - `in-flight` → `done`: what became of each of its datums is known;
 * - `in-flight` → `abandoned`: its sending failed for good, or was interrupted.
 *
 * A parked chunk without items is a reservation: its ids are free again when its time has come.
 */
export class ChunkLifecycle {
  private readonly chunker: Chunker;
  private readonly ready: Array<ChunkRecord> = [];
  private readonly inFlight: Array<ChunkRecord> = [];
  /** In the order in which they have to be sent; one that is sent again stays in its place until nothing of it is left. */
  private readonly parked: Array<ChunkRecord> = [];
  private readonly abandoned: Array<ChunkRecord> = [];
  private readonly changed = new Notifier();
  private changes = 0;
  private numbers = 0;

  constructor(limits: Chunking) {
    this.chunker = createChunker(limits);
  }

  /** Ends when the sending of a chunk next ends: to be taken as `Notifier.change` is. */
  get change(): Effect.Effect<void> {
    return this.changed.change;
  }

  /** Counts what changed the ledger or what is under way, so that an answer of the ledger can be told to be outdated. */
  get epoch(): number {
    return this.changes;
  }

  /** The chunk to dispatch next. */
  get nextReady(): Chunk | undefined {
    return this.ready[0];
  }

  /** The chunk to send next when nothing is in flight. */
  get nextParked(): Chunk | undefined {
    return this.parked[0];
  }

  get parkedCount(): number {
    return this.parked.length;
  }

  get inFlightCount(): number {
    return this.inFlight.length;
  }

  /** How many datums may be in the session or not. */
  get inDoubt(): number {
    const chunks = new Set([...this.inFlight, ...this.parked, ...this.abandoned]);
    return [...chunks].reduce((sum, { doubtful }) => sum + doubtful.length, 0);
  }

  /** Whether a version of this datum is under way. */
  isPending(originId: string): boolean {
    return this.chunker.isPending(originId);
  }

  /** What is inside the versions of this datum that are under way. */
  insideUnderWay(originId: string): ReadonlyArray<string> {
    return this.chunker.insideUnderWay(originId);
  }

  /** When what was reserved of these ids is free again, in milliseconds since 1970; 0 where nothing was. */
  reservedUntil(originIds: ReadonlyArray<string>): number {
    return this.chunker.reservedUntil(originIds);
  }

  /** Every datum that is neither acknowledged nor rejected, in the order of the source. No more can be added then. */
  pendingItems(): ReadonlyArray<Item> {
    this.cut();
    const chunks = new Set([...this.inFlight, ...this.parked, ...this.ready, ...this.abandoned]);
    return [...chunks].flatMap(({ items }) => items).sort((a, b) => a.index - b.index);
  }

  /** What a chunk has to wait for at that time. */
  blockersOf(chunk: Chunk, now: number): Blockers {
    let [isUnderWay, isParked, until] = [false, false, chunk.notBefore];
    for (const other of recordOf(chunk).after) {
      // A reservation for a request of an earlier run, or for a deletion: nothing reports its end.
      if (other.state === "parked" && other.items.length === 0 && other.notBefore <= now) continue;
      if (other.state === "parked") {
        isParked = true;
        until = Math.max(until, other.notBefore);
      } else if (other.state !== "done") isUnderWay = true;
    }
    return { isUnderWay, isParked, until };
  }

  /** A number that no other request of this run has in the ledger. */
  nextNumber(): number {
    return this.numbers++;
  }

  /** The number of a chunk in the ledger. */
  numberOf(chunk: Chunk): number {
    return (recordOf(chunk).number ??= this.nextNumber());
  }

  /** The ledger was changed: what it answered before may be outdated. */
  ledgerChanged() {
    this.changes++;
  }

  /** Takes a datum in; returns the older version of it that is not sent now. */
  add(item: Item): Item | undefined {
    const { full, superseded } = this.chunker.add(item);
    if (full) this.ready.push(full);
    return superseded;
  }

  /** The chunk that is filling is full enough: the source has ended. */
  cut() {
    const last = this.chunker.cut();
    if (last) this.ready.push(last);
  }

  /** Reserves ids for a request that is not this run's, so that chunks with them wait for it. */
  reserve(originIds: ReadonlyArray<string>, until: number) {
    this.chunker.reserve(originIds, until);
  }

  /** It is sent from now on. */
  start(chunk: Chunk) {
    const record = recordOf(chunk);
    removeElement(this.ready, record);
    record.state = "in-flight";
    record.after.clear();
    this.inFlight.push(record);
  }

  /** It is not sent before that time, because it shares ids with a chunk that is parked. */
  putAside(chunk: Chunk, until: number) {
    const record = recordOf(chunk);
    removeElement(this.ready, record);
    record.state = "parked";
    record.notBefore = until;
    record.after.clear();
    this.parked.push(record);
  }

  /** These are left of it; of the others it is known what became of them. */
  narrow(chunk: Chunk, items: ReadonlyArray<Item>) {
    recordOf(chunk).items = [...items];
  }

  /** An answer never came: it is sent again, but not before that time. */
  park(chunk: Chunk, until: number) {
    const record = recordOf(chunk);
    record.state = "parked";
    record.notBefore = until;
  }

  /** What became of each of its datums is known. Its ids are free again at that time; 0: at once. */
  finish(chunk: Chunk, until: number) {
    const record = recordOf(chunk);
    record.items = [];
    record.notBefore = until;
    // What comes under an id that may yet be deleted has to wait, or it would be, too.
    record.state = until > 0 ? "parked" : "done";
    if (until === 0) this.chunker.release(record);
  }

  /** Its sending has ended, however it did. */
  end(chunk: Chunk) {
    const record = recordOf(chunk);
    removeElement(this.inFlight, record);
    // Here, and not where it failed: an interruption passes that by.
    if (record.state === "in-flight") {
      record.state = "abandoned";
      this.abandoned.push(record);
    } else if (record.items.length === 0) removeElement(this.parked, record);
    else if (!this.parked.includes(record)) this.parked.push(record);
    this.notify();
  }

  /** Something else has happened that those who wait for a change have to know. */
  notify() {
    this.changes++;
    this.changed.notify();
  }

  /** A request with it got no answer; returns how often that was since any of it was acknowledged. */
  missed(chunk: Chunk): number {
    return ++recordOf(chunk).unanswered;
  }

  /** These of it were acknowledged. */
  acknowledged(chunk: Chunk, items: ReadonlyArray<Item>) {
    recordOf(chunk).unanswered = 0;
    this.clear(chunk, items);
  }

  /** Nobody knows what became of a request with these of it. */
  doubt(chunk: Chunk, items: ReadonlyArray<Item>) {
    const record = recordOf(chunk);
    record.doubtful = record.doubtful.length === 0 ? items : [...new Set([...record.doubtful, ...items])];
  }

  /** It is known what became of these of it: they were acknowledged or refused. */
  clear(chunk: Chunk, items: ReadonlyArray<Item>) {
    const record = recordOf(chunk);
    if (record.doubtful.length === 0) return;
    const known = new Set(items);
    const left = record.doubtful.filter((item) => !known.has(item));
    record.doubtful = left.length === 0 ? none : left;
  }
}
