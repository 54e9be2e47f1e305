import type { Chunking } from "../policy/chunking.ts";
import { takeOut } from "../take-out.ts";
import { Chunk } from "./chunk.ts";
import type { Item } from "./item.ts";

/** What adding a datum led to. */
export interface Added {
  /** A chunk that is full. */
  readonly full?: Chunk;
  /** The older version of this datum, which now is not sent. */
  readonly superseded?: Item;
}

const nothing: Added = {};

/**
 * Puts datums together into chunks by count and bytes. Inside a chunk an origin id occurs once, the last version of it;
 * a chunk knows the earlier chunks whose ids it shares, embedded ones included, and must wait for.
 */
export class Chunker {
  private current = new Chunk();
  /** Chunks under way, the oldest first. */
  private readonly underWay: Array<Chunk> = [this.current];
  private readonly limits: Chunking;
  /** The id that no chunk was found to have, when one was looked for last. */
  private free: string | undefined;

  constructor(limits: Chunking) {
    this.limits = limits;
  }

  /** Whether a version of this datum is under way. */
  isPending(originId: string): boolean {
    return this.ownerOf(originId) !== undefined;
  }

  /** Reserves ids for a request that is not ours to send, so that chunks with them wait for it. */
  reserve(originIds: ReadonlyArray<string>, notBefore: number) {
    const ghost = new Chunk();
    ghost.state = "parked";
    ghost.notBefore = notBefore;
    ghost.ids = new Set(originIds);
    this.underWay.unshift(ghost);
  }

  /** What is inside the versions of this datum that are under way. */
  insideUnderWay(originId: string): ReadonlyArray<string> {
    return this.underWay.flatMap(({ ids, items }) =>
      ids.has(originId) ? items.flatMap((item) => (item.originId === originId ? item.children : [])) : []
    );
  }

  /** When what was reserved of these ids is free again, in milliseconds since 1970; 0 where nothing was. */
  reservedUntil(originIds: ReadonlyArray<string>): number {
    let until = 0;
    for (const { state, items, ids, notBefore } of this.underWay) {
      if (state !== "parked" || items.length > 0) continue;
      if (originIds.some((id) => ids.has(id))) until = Math.max(until, notBefore);
    }
    return until;
  }

  add(item: Item): Added {
    const { current } = this;
    const { ids } = current;
    if (ids.has(item.originId) || item.children.some((id) => ids.has(id)) || item.gone.some((id) => ids.has(id))) {
      const superseded = this.replace(item);
      if (superseded) return { superseded };
    } else if (current.items.length === 0 || this.fits(item)) {
      this.append(item);
      return nothing;
    }
    const full = this.cut();
    this.append(item);
    return full ? { full } : nothing;
  }

  /** The chunk begun, at the end of the source. */
  cut(): Chunk | undefined {
    const { current } = this;
    if (current.items.length === 0) return undefined;
    current.state = "ready";
    this.current = new Chunk();
    this.underWay.push(this.current);
    return current;
  }

  /** Nobody needs to wait for a chunk any more. */
  release(chunk: Chunk) {
    takeOut(this.underWay, chunk);
    // V8 may take a while to find out that nothing points to the chunk any more.
    chunk.ids = new Set();
  }

  private fits(item: Item): boolean {
    const { items, bytes } = this.current;
    return items.length < this.limits.datums && bytes + 1 + item.bytes <= this.limits.bytes;
  }

  private append(item: Item) {
    const { current } = this;
    current.items.push(item);
    current.bytes += item.bytes + 1;
    this.ownAll(item);
  }

  private ownAll({ originId, children, gone }: Item) {
    this.own(originId);
    for (const id of children) this.own(id);
    // A datum of its own with such an id has to wait until that is deleted.
    for (const id of gone) this.own(id);
  }

  private own(id: string) {
    const { current } = this;
    const before = this.ownerOf(id, current);
    if (before) current.after.add(before);
    current.ids.add(id);
    this.free = undefined;
  }

  /** The newest chunk under way with this id. */
  private ownerOf(id: string, but?: Chunk): Chunk | undefined {
    const { underWay } = this;
    if (id === this.free) return undefined;
    for (let index = underWay.length - 1; index >= 0; index--) {
      const chunk = underWay[index]!;
      if (chunk !== but && chunk.ids.has(id)) return chunk;
    }
    if (!but) this.free = id;
    return undefined;
  }

  /** Puts the newer version in the older one's place; not where that would put an embedded id into the chunk twice. */
  private replace(item: Item): Item | undefined {
    const { current } = this;
    const position = current.items.findLastIndex(({ originId }) => originId === item.originId);
    const older = current.items[position];
    if (!older) return undefined;
    const mine = new Set(older.children);
    const clashes = item.children.some((id) => current.ids.has(id) && !mine.has(id));
    if (clashes || current.bytes - older.bytes + item.bytes > this.limits.bytes) return undefined;
    current.items[position] = item;
    current.bytes += item.bytes - older.bytes;
    for (const id of older.children) if (id !== item.originId) current.ids.delete(id);
    this.ownAll(item);
    return older;
  }
}
