import type { RepeatedKeys } from "./repeated-keys.ts";

/** A record on its way to its id. */
export interface NumberedRecord<R> {
  readonly key: string;
  /** What of the record counts: two records of one key and one content are the same one. */
  readonly content: string;
  /** Records of one key are numbered by this first, so that `93` comes before `107` and `5.2` before `5.9`. Default: 0. */
  readonly amount?: number;
  readonly record: R;
}

/** A record with its number among those of its key, or the copy of another one. */
export type Numbered<R> =
  | { readonly record: R; readonly occurrence: number }
  | { readonly record: R; readonly copy: true };

const byContent = <R>(one: NumberedRecord<R>, other: NumberedRecord<R>): number =>
  (one.amount ?? 0) - (other.amount ?? 0) || (one.content < other.content ? -1 : one.content > other.content ? 1 : 0);

/**
 * Numbers records that share a key in an order that is theirs, not the file's: a file whose rows were shuffled gives the same
 * numbers. Only those are held back until the end.
 */
export class NumberedRecords<R> {
  private readonly repeated: RepeatedKeys;
  /** What was seen under each key that has one content only, so far as a few bits of it can tell. */
  private readonly seen = new Map<string, string>();
  private readonly held = new Map<string, Array<NumberedRecord<R>>>();

  constructor(repeated: RepeatedKeys) {
    this.repeated = repeated;
  }

  /** The record, numbered, or `undefined` where that has to wait for {@link end}. */
  add(item: NumberedRecord<R>): Numbered<R> | undefined {
    const { key, content, record } = item;
    const repetition = this.repeated.of(key);
    if (repetition === undefined) return { record, occurrence: 1 };
    if (repetition === "same") {
      const known = this.seen.get(key);
      if (known === content) return { record, copy: true };
      if (known === undefined) this.seen.set(key, content);
      return { record, occurrence: known === undefined ? 1 : 2 };
    }
    const others = this.held.get(key);
    if (others) others.push(item);
    else this.held.set(key, [item]);
    return undefined;
  }

  /** What was held back. */
  *end(): Generator<Numbered<R>> {
    for (const items of this.held.values()) {
      let occurrence = 0;
      let last: NumberedRecord<R> | undefined;
      for (const item of items.sort(byContent)) {
        const isCopy = last !== undefined && last.content === item.content;
        last = item;
        yield isCopy ? { record: item.record, copy: true } : { record: item.record, occurrence: ++occurrence };
      }
    }
    this.held.clear();
  }
}
