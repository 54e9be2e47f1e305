import type { Item } from "./item.ts";

/** Datums that go in one request, and what they have to wait for. */
export class Chunk {
  /** Replaced where a part of them is settled. */
  items: Array<Item> = [];
  bytes = 2;
  /** Chunks under way that hold an older version of one of its datums. */
  readonly after = new Set<Chunk>();
  /** The time before which it must not be sent, because a request that is still running may hold the same ids. */
  notBefore = 0;
  number: number | undefined;
  /** How often it was sent without an answer. */
  unanswered = 0;
  /** What became of it so far. */
  state: "filling" | "ready" | "flying" | "parked" | "done" = "filling";
}

const encoder = new TextEncoder();

/** The request body. */
export const bodyOf = (items: ReadonlyArray<Item>): Uint8Array => {
  let text = "[";
  for (let index = 0; index < items.length; index++) text += (index === 0 ? "" : ",") + items[index]!.text;
  return encoder.encode(`${text}]`);
};
