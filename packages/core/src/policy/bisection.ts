import type { Issue } from "@tideway/schemas";
import type { Item } from "../upload/item.ts";
import type { Culprit, Search } from "./search.ts";

interface Part {
  readonly items: ReadonlyArray<Item>;
  /** The other half, not sent yet, of what is known to hold a culprit. */
  readonly other?: ReadonlyArray<Item>;
  /** Known to hold a culprit, because the rest of what was refused went through. */
  readonly guilty?: boolean;
}

const half = ({ length }: ReadonlyArray<Item>) => Math.floor(length / 2);
const pointerIndex = /^\/(\d+)(?:\/|$)/;

/**
 * Finds out which datums of a refused chunk are to blame, in as few requests as possible, so that all others get in.
 *
 * Tell it what the server said to `next()`, until there is no next. Pointers name the culprits at once. Without usable
 * pointers it halves: one culprit among n costs at most 2·log2(n)+1 requests, the first refusal included, and is sent
 * alone before it is blamed. Too large a request is halved down to one datum.
 */
export class Bisection implements Search {
  private readonly parts: Array<Part>;
  private rest: Array<Item> = [];

  constructor(items: ReadonlyArray<Item>) {
    this.parts = [{ items }];
  }

  /** What to send next. */
  next(): ReadonlyArray<Item> | undefined {
    const [first] = this.parts;
    if (first?.guilty && first.items.length > 1) {
      this.parts[0] = this.split(first.items);
    } else if (!first && this.rest.length > 0) {
      this.parts.push({ items: this.rest });
      this.rest = [];
    }
    return this.parts[0]?.items;
  }

  /** What has not been accepted, in order, where the attempt has to be broken off. */
  remaining(): ReadonlyArray<Item> {
    return [...this.parts.flatMap(({ items, other }) => [...items, ...(other ?? [])]), ...this.rest].sort(
      (a, b) => a.index - b.index
    );
  }

  accepted() {
    const part = this.parts.shift();
    if (part?.other) this.parts.unshift({ items: part.other, guilty: true });
  }

  /** The server refused what was sent; returns the culprits found by that. */
  refused(issues: ReadonlyArray<Issue>): ReadonlyArray<Culprit> {
    const part = this.parts.shift();
    if (!part) return [];
    const named = new Map<Item, Array<Issue>>();
    for (const issue of issues) {
      const item = part.items[Number(pointerIndex.exec(issue.pointer)?.[1])];
      if (!item) continue;
      const own = { ...issue, pointer: issue.pointer.replace(/^\/\d+/, "") };
      const known = named.get(item);
      if (known) known.push(own);
      else named.set(item, [own]);
    }
    if (part.other) this.rest.push(...part.other);
    if (named.size > 0) {
      const left = part.items.filter((item) => !named.has(item));
      if (left.length > 0) this.parts.unshift({ items: left });
      return [...named].map(([item, own]) => ({ item, code: own[0]!.code, issues: own }));
    }
    const [only] = part.items;
    if (only && part.items.length === 1) return [{ item: only, code: issues[0]?.code ?? "refused", issues }];
    this.parts.unshift({ items: part.items, guilty: true });
    return [];
  }

  /** The request was larger than the server takes; returns the datum that is too large by itself. */
  tooLarge(): ReadonlyArray<Culprit> {
    const part = this.parts.shift();
    if (!part) return [];
    if (part.other) this.rest.push(...part.other);
    const [only] = part.items;
    if (only && part.items.length === 1) return [{ item: only, code: "too-large", issues: [] }];
    const middle = half(part.items);
    this.parts.unshift({ items: part.items.slice(0, middle) }, { items: part.items.slice(middle) });
    return [];
  }

  private split(items: ReadonlyArray<Item>): Part {
    const middle = half(items);
    return { items: items.slice(0, middle), other: items.slice(middle) };
  }
}
