import type { Utf8Slice } from "../../contract/entry.ts";
import type { Item } from "../../contract/item.ts";

const none: ReadonlyArray<Item> = [];

/** Where a chunk is in its life; see `ChunkLifecycle`. */
export type ChunkState = "filling" | "ready" | "in-flight" | "parked" | "abandoned" | "done";

/** Datums that go in one request, as everybody sees them. Only `ChunkLifecycle` changes a chunk. */
export interface Chunk {
  /** Those of which it is not known yet what becomes of them. */
  readonly items: ReadonlyArray<Item>;
  /** Origin ids that others have to wait for, those of embedded datums included. */
  readonly ids: ReadonlySet<string>;
  /** The time before which it must not be sent, because a request that is still running may hold the same ids. */
  readonly notBefore: number;
  /** How often it was sent without an answer since any of it was acknowledged. */
  readonly unanswered: number;
  readonly state: ChunkState;
}

/** A chunk as its owner changes it. */
export class ChunkRecord implements Chunk {
  /** Replaced where a part of them is settled. */
  items: Array<Item> = [];
  bytes = 2;
  ids = new Set<string>();
  /** Chunks under way that hold an older version of one of its datums. */
  readonly after = new Set<ChunkRecord>();
  notBefore = 0;
  number: number | undefined;
  unanswered = 0;
  state: ChunkState = "filling";
  /** Datums that may be in the session or not, because a request with them went out and nobody knows what became of it. */
  doubtful: ReadonlyArray<Item> = none;
}

const encoder = new TextEncoder();

const openingBracket = 0x5b;
const comma = 0x2c;
const closingBracket = 0x5d;

/** Slices of one array that follow each other with one byte in between, from the first of the items on. */
const neighbours = (items: ReadonlyArray<Item>, first: number): ReadonlyArray<Utf8Slice> => {
  const found: Array<Utf8Slice> = [];
  for (let index = first; index < items.length; index++) {
    const { json } = items[index]!;
    const before = found.at(-1);
    if (typeof json === "string") break;
    if (before && (json.bytes !== before.bytes || json.from !== before.to + 1)) break;
    found.push(json);
  }
  return found;
};

/** How many of the first items go into a body of so many bytes: at least one. */
export const fitting = (items: ReadonlyArray<Item>, most: number): number => {
  let size = 1;
  for (const [index, { bytes }] of items.entries()) {
    size += bytes + 1;
    if (size > most && index > 0) return index;
  }
  return items.length;
};

/** The request body: a JSON array of the datums. */
export const bodyOf = (items: ReadonlyArray<Item>): Uint8Array => {
  let size = 1;
  for (const { bytes } of items) size += bytes + 1;
  const body = new Uint8Array(size);
  body[0] = openingBracket;
  let at = 1;
  for (let index = 0; index < items.length;) {
    const { json, bytes } = items[index]!;
    if (typeof json === "string") {
      encoder.encodeInto(json, body.subarray(at));
      at += bytes;
      body[at++] = comma;
      index++;
      continue;
    }
    // Copied in one go: what is between two of them, a line end as a rule, becomes the comma.
    const slices = neighbours(items, index);
    const start = at - json.from;
    body.set(json.bytes.subarray(json.from, slices.at(-1)!.to), at);
    for (const { to } of slices) body[start + to] = comma;
    at = start + slices.at(-1)!.to + 1;
    index += slices.length;
  }
  body[at - 1] = closingBracket;
  return body;
};
