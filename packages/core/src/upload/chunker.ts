import type { Chunking } from "../policy/chunking.ts";
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
  /** The newest chunk under way for each origin id. */
  private readonly owners = new Map<string, Chunk>();
  private readonly limits: Chunking;

  constructor(limits: Chunking) {
    this.limits = limits;
  }

  /** Whether a version of this datum is under way. */
  isPending(originId: string): boolean {
    return this.owners.has(originId);
  }

  /** Reserves ids for a request that is not ours to send, so that chunks with them wait for it. */
  reserve(originIds: ReadonlyArray<string>, notBefore: number) {
    const ghost = new Chunk();
    ghost.state = "parked";
    ghost.notBefore = notBefore;
    for (const id of originIds) this.owners.set(id, ghost);
    return ghost;
  }

  add(item: Item): Added {
    const { current } = this;
    const owner = this.owners.get(item.originId);
    const inside = owner === current;
    if (!owner && item.children.length === 0 && this.fits(item)) {
      current.items.push(item);
      current.bytes += item.bytes + 1;
      this.owners.set(item.originId, current);
      return nothing;
    }
    if (inside || item.children.some((id) => this.owners.get(id) === current)) {
      const replaced = inside ? this.replace(item) : undefined;
      if (replaced) return { superseded: replaced };
      const full = this.cut();
      this.append(item);
      return full ? { full } : nothing;
    }
    if (current.items.length === 0 || this.fits(item)) {
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
    return current;
  }

  /** A chunk, or a part of it, needs nobody to wait for it any more. */
  release(chunk: Chunk, originIds: Iterable<string>) {
    for (const id of originIds) if (this.owners.get(id) === chunk) this.owners.delete(id);
  }

  private fits(item: Item): boolean {
    const { items, bytes } = this.current;
    return items.length < this.limits.datums && bytes + 1 + item.bytes <= this.limits.bytes;
  }

  private append(item: Item) {
    const { current } = this;
    current.items.push(item);
    current.bytes += item.bytes + 1;
    this.own(item.originId);
    for (const id of item.children) this.own(id);
  }

  private own(id: string) {
    const owner = this.owners.get(id);
    if (owner && owner !== this.current) this.current.after.add(owner);
    this.owners.set(id, this.current);
  }

  /** Puts the newer version in the older one's place; not where that would put an embedded id into the chunk twice. */
  private replace(item: Item): Item | undefined {
    const { current } = this;
    const position = current.items.findLastIndex(({ originId }) => originId === item.originId);
    const older = current.items[position];
    if (!older) return undefined;
    const mine = new Set(older.children);
    const clashes = item.children.some((id) => this.owners.get(id) === current && !mine.has(id));
    if (clashes || current.bytes - older.bytes + item.bytes > this.limits.bytes) return undefined;
    current.items[position] = item;
    current.bytes += item.bytes - older.bytes;
    this.release(current, older.children);
    for (const id of item.children) this.own(id);
    return older;
  }
}
