import type { Issue } from "@tideway/schemas";
import type { Item } from "../contract/item.ts";
import type { Culprit, Search } from "../contract/policy.ts";

interface Part {
  readonly items: ReadonlyArray<Item>;
  /** The other half, not sent yet, of what is known to hold a culprit. */
  readonly other?: ReadonlyArray<Item>;
  /** Known to hold a culprit, because the rest of what was refused went through, or because it was refused itself. */
  readonly isGuilty?: boolean;
  /** What the server pointed at when it refused this, put off until it is known whether its pointers can be believed. */
  readonly issues?: ReadonlyArray<Issue>;
  /** Of datums that were pointed at though taking them out did not help: one that is accepted proves the pointers wrong. */
  readonly isTrial?: boolean;
}

/** Refusals in a row, each of what the last one left, until pointers are doubted. */
const mostRounds = 3;

const pointerIndex = /^\/(\d+)(?:\/|$)/;

/** What the pointers name of the items, each with its issues. */
const namedBy = (issues: ReadonlyArray<Issue>, items: ReadonlyArray<Item>): ReadonlyArray<Culprit> => {
  const named = new Map<Item, Array<Issue>>();
  for (const issue of issues) {
    const item = items[Number(pointerIndex.exec(issue.pointer)?.[1])];
    if (!item) continue;
    const own = { ...issue, pointer: issue.pointer.replace(/^\/\d+/, "") };
    const known = named.get(item);
    if (known) known.push(own);
    else named.set(item, [own]);
  }
  return [...named].map(([item, own]) => ({ item, code: own[0]!.code, issues: own }));
};

/**
 * Finds out which datums of a refused chunk are to blame, in as few requests as possible, so that all others get in.
 *
 * Tell it what the server said to `next()`, until there is no next. Pointers name suspects, who are blamed when the rest goes
 * through. Where that is refused for the same reason, the suspects are sent by themselves: if any of them is accepted, the pointers are
 * wrong and no longer believed. Without usable pointers it halves: one culprit among n costs at most 2·log2(n)+1 requests, the
 * first refusal included, n culprits 2·n-1; and each is sent alone before it is blamed. Too large a request is halved down to one
 * datum.
 */
export class Bisection implements Search {
  private readonly parts: Array<Part>;
  /** Named by pointers, while the rest of what they were in comes next. */
  private suspects: ReadonlyArray<Culprit> = [];
  private rounds = 0;
  private believesPointers = true;

  constructor(items: ReadonlyArray<Item>) {
    this.parts = [{ items }];
  }

  /** What to send next. */
  next(): ReadonlyArray<Item> | undefined {
    const [first] = this.parts;
    if (first?.issues && this.believesPointers) {
      this.parts.shift();
      this.setAside(first, namedBy(first.issues, first.items));
    } else if (first && (first.isGuilty || first.issues) && first.items.length > 1) {
      const middle = Math.floor(first.items.length / 2);
      const { isTrial = false } = first;
      this.parts[0] = { items: first.items.slice(0, middle), other: first.items.slice(middle), isTrial };
    }
    return this.parts[0]?.items;
  }

  /** What has been neither accepted nor blamed, in order, where the attempt has to be broken off. */
  remaining(): ReadonlyArray<Item> {
    const waiting = this.parts.flatMap(({ items, other }) => [...items, ...(other ?? [])]);
    return [...waiting, ...this.suspects.map(({ item }) => item)].sort((a, b) => a.index - b.index);
  }

  accepted(): ReadonlyArray<Culprit> {
    const part = this.parts.shift();
    if (!part) return [];
    const { other, isTrial = false } = part;
    if (other) this.parts.unshift({ items: other, isGuilty: true, isTrial });
    if (isTrial) this.believesPointers = false;
    const proven = this.suspects;
    this.suspects = [];
    this.rounds = 0;
    return proven;
  }

  /** The server refused what was sent; returns the culprits found by that. */
  refused(issues: ReadonlyArray<Issue>): ReadonlyArray<Culprit> {
    const part = this.parts.shift();
    if (!part) return [];
    const { items, other, isTrial = false } = part;
    if (other) this.parts.unshift({ items: other, isTrial });
    const named = this.believesPointers ? namedBy(issues, items) : [];
    const [only] = items;
    if (only && items.length === 1) {
      const blamed = named[0] ?? { item: only, code: issues[0]?.code ?? "refused", issues };
      // It is all that was left of what the suspects were in: nothing went through that would prove them guilty.
      this.tryOut();
      return [blamed];
    }
    if (named.length === items.length) {
      this.tryOut();
      return named;
    }
    if (isTrial || named.length === 0) {
      this.parts.unshift({ items, isGuilty: true, isTrial });
      this.tryOut();
    } else if (this.isConsistent(named)) this.setAside(part, named);
    else {
      this.parts.unshift({ items, issues });
      this.tryOut();
    }
    return [];
  }

  /** The request was larger than the server takes; returns the datum that is too large by itself. */
  tooLarge(): ReadonlyArray<Culprit> {
    const part = this.parts.shift();
    if (!part) return [];
    const { items, other, isTrial = false } = part;
    if (other) this.parts.unshift({ items: other, isTrial });
    const middle = Math.floor(items.length / 2);
    const halves = [items.slice(0, middle), items.slice(middle)];
    if (items.length > 1) this.parts.unshift(...halves.map((half) => ({ items: half, isTrial })));
    this.tryOut();
    const [only] = items;
    return only && items.length === 1 ? [{ item: only, code: "too-large", issues: [] }] : [];
  }

  /**
   * The platform tells all faults of one step of its check together, and those of the next step when there are none: what is
   * refused for the same reason once more, somewhere else, was not where it pointed before.
   */
  private isConsistent(named: ReadonlyArray<Culprit>): boolean {
    const before = new Set(this.suspects.map(({ code }) => code));
    return ++this.rounds < mostRounds && !named.some(({ code }) => before.has(code));
  }

  /** Sends what the pointers leave first. */
  private setAside({ items }: Part, named: ReadonlyArray<Culprit>) {
    const suspects = new Set(named.map(({ item }) => item));
    this.suspects = [...this.suspects, ...named];
    this.parts.unshift({ items: items.filter((item) => !suspects.has(item)) });
  }

  /** Sends the suspects by themselves next, whatever else there is. */
  private tryOut() {
    this.rounds = 0;
    if (this.suspects.length > 0) this.parts.unshift({ items: this.suspects.map(({ item }) => item), isTrial: true });
    this.suspects = [];
  }
}
