import { type Item, idsOf } from "../../contract/item.ts";
import type { Chunking } from "../../contract/policy.ts";
import { removeElement } from "../../engine/remove-element.ts";
import { derivedChildren } from "../../prepare/identify.ts";
import { ChunkRecord } from "./chunk.ts";

/** What adding a datum led to. */
export interface Added {
  /** A chunk that is full. */
  readonly full?: ChunkRecord;
  /** The older version of this datum, which now is not sent. */
  readonly superseded?: Item;
}

const nothing: Added = {};

/**
 * Puts datums together into chunks by count and bytes. Inside a chunk an origin id occurs once, the last version of it;
 * a chunk knows the earlier chunks whose ids it shares, embedded ones included, and must wait for.
 */
export interface Chunker {
  /** Whether a version of this datum is under way. */
  isPending(originId: string): boolean;
  /** Reserves ids for a request that is not ours to send, so that chunks with them wait for it. */
  reserve(originIds: ReadonlyArray<string>, notBefore: number): void;
  /** What is inside the versions of this datum that are under way. */
  insideUnderWay(originId: string): ReadonlyArray<string>;
  /** When what was reserved of these ids is free again, in milliseconds since 1970; 0 where nothing was. */
  reservedUntil(originIds: ReadonlyArray<string>): number;
  add(item: Item): Added;
  /** The chunk begun, at the end of the source. */
  cut(): ChunkRecord | undefined;
  /** Nobody needs to wait for a chunk any more. */
  release(chunk: ChunkRecord): void;
}

/** Whether it would be missed that what is inside an older version is not sent: nothing else sends it, or takes its place. */
const isMissed = ({ originId, outdates }: Item, child: string): boolean =>
  outdates.includes(child) || !derivedChildren(originId).includes(child);

export const createChunker = (limits: Chunking): Chunker => {
  let current = new ChunkRecord();
  /** Chunks under way, the oldest first. */
  const underWay = [current];
  /** The id that no chunk was found to have, when one was looked for last. */
  let free: string | undefined;

  /** The newest chunk under way with this id. */
  const ownerOf = (id: string, but?: ChunkRecord): ChunkRecord | undefined => {
    if (id === free) return undefined;
    for (let index = underWay.length - 1; index >= 0; index--) {
      const chunk = underWay[index]!;
      if (chunk !== but && chunk.ids.has(id)) return chunk;
    }
    if (!but) free = id;
    return undefined;
  };

  const own = (id: string) => {
    const before = ownerOf(id, current);
    if (before) current.after.add(before);
    current.ids.add(id);
    free = undefined;
  };

  const ownAll = ({ originId, children, gone }: Item) => {
    own(originId);
    for (const id of children) own(id);
    // A datum of its own with such an id has to wait until that is deleted.
    for (const id of gone) own(id);
  };

  const fits = (item: Item): boolean =>
    current.items.length < limits.datums && current.bytes + 1 + item.bytes <= limits.bytes;

  const append = (item: Item) => {
    current.items.push(item);
    current.bytes += item.bytes + 1;
    ownAll(item);
  };

  /**
   * Puts the newer version in the older one's place; not where that would put an embedded id into the chunk twice, or where
   * it would be missed that the older one is not sent.
   */
  const replace = (item: Item): Item | undefined => {
    const { items, ids, bytes } = current;
    const position = items.findLastIndex(({ originId }) => originId === item.originId);
    const older = items[position];
    if (!older) return undefined;
    const mine = new Set(older.children);
    const clashes = item.children.some((id) => ids.has(id) && !mine.has(id));
    const loses = older.children.some((id) => !idsOf(item).includes(id) && isMissed(older, id));
    const replaced = bytes - older.bytes + item.bytes;
    if (clashes || loses || replaced > limits.bytes) return undefined;
    items[position] = item;
    current.bytes = replaced;
    for (const id of mine) if (id !== item.originId) ids.delete(id);
    ownAll(item);
    return older;
  };

  const cut = (): ChunkRecord | undefined => {
    const full = current;
    if (full.items.length === 0) return undefined;
    full.state = "ready";
    underWay.push((current = new ChunkRecord()));
    return full;
  };

  return {
    cut,
    isPending: (originId) => ownerOf(originId) !== undefined,
    reserve: (originIds, notBefore) => {
      const reservation = new ChunkRecord();
      reservation.state = "parked";
      reservation.notBefore = notBefore;
      reservation.ids = new Set(originIds);
      underWay.unshift(reservation);
    },
    insideUnderWay: (originId) =>
      underWay.flatMap(({ ids, items }) =>
        ids.has(originId) ? items.flatMap((item) => (item.originId === originId ? item.children : [])) : []
      ),
    reservedUntil: (originIds) => {
      let until = 0;
      for (const { state, items, ids, notBefore } of underWay) {
        if (state !== "parked" || items.length > 0) continue;
        if (originIds.some((id) => ids.has(id))) until = Math.max(until, notBefore);
      }
      return until;
    },
    add: (item) => {
      const { ids, items } = current;
      if (ids.has(item.originId) || item.children.some((id) => ids.has(id)) || item.gone.some((id) => ids.has(id))) {
        const superseded = replace(item);
        if (superseded) return { superseded };
      } else if (items.length === 0 || fits(item)) {
        append(item);
        return nothing;
      }
      const full = cut();
      append(item);
      return full ? { full } : nothing;
    },
    release: (chunk) => {
      removeElement(underWay, chunk);
      // V8 may take a while to find out that nothing points to the chunk any more.
      chunk.ids = new Set();
    }
  };
};
