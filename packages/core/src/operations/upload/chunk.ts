import type { Utf8Slice } from "../../contract/entry.ts";
import type { Item } from "../../contract/item.ts";

const none: ReadonlyArray<Item> = [];

/** Datums that go in one request, and what they have to wait for. */
export class Chunk {
  /** Replaced where a part of them is settled. */
  items: Array<Item> = [];
  bytes = 2;
  /** Origin ids that others have to wait for, those of embedded datums included. */
  ids = new Set<string>();
  /** Chunks under way that hold an older version of one of its datums. */
  readonly after = new Set<Chunk>();
  /** The time before which it must not be sent, because a request that is still running may hold the same ids. */
  notBefore = 0;
  number: number | undefined;
  /** How often it was sent without an answer since any of it was acknowledged. */
  unanswered = 0;
  /** What became of it so far. */
  state: "filling" | "ready" | "in-flight" | "parked" | "done" = "filling";
  private doubtful: ReadonlyArray<Item> = none;

  /** How many of its datums may be in the session or not, because a request with them went out and nobody knows what became of it. */
  get inDoubt(): number {
    return this.doubtful.length;
  }

  /** Nobody knows what became of a request with these. */
  doubt(items: ReadonlyArray<Item>) {
    this.doubtful = this.doubtful.length === 0 ? items : [...new Set([...this.doubtful, ...items])];
  }

  /** It is known what became of these: they were acknowledged or refused. */
  clear(items: ReadonlyArray<Item>) {
    if (this.doubtful.length === 0) return;
    const known = new Set(items);
    this.doubtful = this.doubtful.filter((item) => !known.has(item));
  }
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
