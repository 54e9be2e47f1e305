import type { DatabaseSync } from "node:sqlite";
import type { Acknowledged } from "../../contract/ledger.ts";
import { BlockStore } from "./block-store.ts";
import { type Block, blockSize } from "./block.ts";
import { keyOf } from "./id-key.ts";
import { PlaceIndex } from "./place-index.ts";

/** What a test makes small. */
export interface EntriesOptions {
  /**
   * How many new entries the index keeps in memory before it writes them. Default: 500,000, in 12 MB: with what else comes before
   * that is noticed, it stays below the 524,288 at which the table would grow once more.
   */
  readonly room?: number;
  /** From how many new entries on the index is kept at the end. Default: 32,768, which take 20 ms to be entered anew. */
  readonly worthKeeping?: number;
  /** The key of an id. Default: one that hardly two ids share. */
  readonly key?: (id: string) => number;
}

/**
 * What is known of the datums of a session: in blocks in the order in which it became known, which is the order in which the
 * next source is likely to have them, and an index of their ids. Changes are in the file after `save`, in one transaction.
 */
export class Entries {
  private readonly index: PlaceIndex;
  private readonly blocks: BlockStore;
  private readonly keyOf: (id: string) => number;
  private readonly worthKeeping: number;
  /** All entries before this place are in the index as it is in the file. */
  private until: number;
  /** The place that was found last. */
  private here: number | undefined;

  constructor(
    database: DatabaseSync,
    session: number,
    { room = 500_000, worthKeeping = 2 ** 15, key = keyOf }: EntriesOptions = {}
  ) {
    this.keyOf = key;
    this.worthKeeping = worthKeeping;
    this.index = new PlaceIndex(database, session, room);
    this.until = this.index.until;
    this.blocks = new BlockStore(database, session, this.until);
    for (const place of this.places(this.until)) this.enter(this.keyOf(this.idAt(place)!), place);
  }

  /** The place of an id's entry. */
  find(id: string): number | undefined {
    const found = this.beside(id) ?? this.lookUp(id, this.keyOf(id));
    if (found !== undefined) this.here = found;
    return found;
  }

  /** What is at a place that was found. */
  at(place: number): Acknowledged {
    return this.blocks.read(Math.floor(place / blockSize))!.entryAt(place % blockSize);
  }

  /** Writes an entry in the place of the one before, or where there is room; returns the place. */
  put(entry: Acknowledged): number {
    const { originId } = entry;
    const key = this.keyOf(originId);
    const place = this.beside(originId) ?? this.lookUp(originId, key);
    if (place === undefined) return this.add(entry, key);
    this.here = place;
    this.change(place, (block, position) => block.put(position, entry));
    return place;
  }

  forget(id: string) {
    const place = this.find(id);
    if (place !== undefined) this.change(place, (block, position) => block.forget(position));
  }

  /** All places from one on, in order; nothing that is added meanwhile under an id that is known has a new one. */
  *places(from = 0): Generator<number> {
    for (let number = Math.floor(from / blockSize); number <= this.blocks.last; number++) {
      const first = number * blockSize;
      for (let place = Math.max(first, from); place < first + this.lengthOf(number); place++) {
        if (typeof this.idAt(place) === "string") yield place;
      }
    }
  }

  save() {
    if (this.index.isFull) {
      this.blocks.begin();
      this.until = this.blocks.end;
      this.index.save(this.until);
    }
    this.blocks.save();
  }

  /** Saves at the end of a run, so that the next one begins quickly. */
  saveLast() {
    this.save();
    if (this.blocks.end - this.until < this.worthKeeping) return;
    this.until = this.blocks.end;
    this.index.keep(this.until);
  }

  private add(entry: Acknowledged, key: number): number {
    const block = this.blocks.append(entry);
    const place = block.number * blockSize + block.length - 1;
    this.enter(key, place);
    return place;
  }

  private change(place: number, edit: (block: Block, position: number) => void) {
    const block = this.blocks.read(Math.floor(place / blockSize))!;
    edit(block, place % blockSize);
    this.blocks.touch(block);
  }

  /** Its place where that is next to the one found last, on either side. */
  private beside(id: string): number | undefined {
    const { here } = this;
    if (here === undefined) return undefined;
    const number = Math.floor(here / blockSize);
    const position = here % blockSize;
    const block = this.blocks.read(number);
    // Nearly always in the same block: this is done for every datum.
    if (block?.idAt(position + 1) === id) return here + 1;
    const after = (number + 1) * blockSize;
    if (position + 1 >= this.lengthOf(number) && this.idAt(after) === id) return after;
    const before = position > 0 ? here - 1 : (number - 1) * blockSize + this.lengthOf(number - 1) - 1;
    return this.idAt(before) === id ? before : undefined;
  }

  private lookUp(id: string, key: number): number | undefined {
    if (!this.index.mayHave(key)) return undefined;
    // An id whose key was taken by another one has a later key.
    let own = key;
    for (let place = this.index.get(own); place !== undefined; place = this.index.get(++own)) {
      if (this.idAt(place) === id) return place;
    }
    return undefined;
  }

  /** Puts an id that has no place yet into the index. */
  private enter(key: number, place: number) {
    let own = key;
    if (this.index.mayHave(key)) while (this.isTaken(own)) own++;
    this.index.set(own, place);
  }

  private isTaken(key: number): boolean {
    const place = this.index.get(key);
    return place !== undefined && typeof this.idAt(place) === "string";
  }

  private lengthOf(number: number): number {
    return this.blocks.read(number)?.length ?? 0;
  }

  private idAt(place: number): string | null | undefined {
    return this.blocks.read(Math.floor(place / blockSize))?.idAt(place % blockSize);
  }
}
