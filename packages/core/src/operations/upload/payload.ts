import type { Item } from "../../contract/item.ts";
import { bodyOf } from "./chunk.ts";

const none: ReadonlyArray<Item> = [];

/**
 * What is in one request, held in one place and released when it is settled. V8 may make the closures of a busy function
 * among the old objects at once, and what those hold outlives its use until the whole heap is collected.
 */
export class Payload {
  items: ReadonlyArray<Item> = none;
  body: Uint8Array = new Uint8Array(0);
  /** Until when a deletion in its wake may still have its effect, in milliseconds since 1970. */
  quiescentAt = 0;
  /** Whether a request was begun, and nothing tells that it has ended. */
  isOpen = false;

  fill(items: ReadonlyArray<Item>) {
    this.items = items;
    this.body = bodyOf(items);
  }

  release() {
    this.items = none;
    this.body = new Uint8Array(0);
  }
}
