import type { Entry, Source } from "../contract/entry.ts";
import type { Item } from "../contract/item.ts";
import { pagesOf } from "./pages.ts";

type Page = ReadonlyArray<Entry>;

/** A source as it is being read, through as many sessions as it takes. */
export class Reading {
  private readonly iterator: AsyncIterator<Page>;
  /** How many entries there are, where the source knows. */
  readonly total: number | undefined;
  private readonly fractionRead: () => number | undefined;
  /** A page asked for and not taken in yet: a lost session must not lose it. */
  private coming: Promise<IteratorResult<Page>> | undefined;
  /** How many entries were taken in. */
  position = 0;
  /** Datums that were read for a session that was lost before it took anything. */
  carried: ReadonlyArray<Item> = [];
  /** Whether the source held something that might be a known datum and could not be recognised as one. */
  unidentified = false;

  /**
   * Opens the source and asks for its first page. At once, whatever is to be done before that page is wanted: a source that fails early
   * fails while somebody listens, or its failure would end the process. Throws what a source throws that cannot be opened.
   */
  constructor(source: Source) {
    const { pages, total, fractionRead = () => undefined } = pagesOf(source);
    this.iterator = pages[Symbol.asyncIterator]();
    this.total = total;
    this.fractionRead = fractionRead;
    void this.next();
  }

  /**
   * Lets go of a source that nobody is going to read. One that was opened by the caller may be about to fail: somebody has to listen.
   */
  static dismiss(source: Source) {
    if (typeof source === "function") return;
    try {
      new Reading(source).stop();
    } catch {
      // It cannot even be opened: nothing to let go of.
    }
  }

  /** How much is done, from 0 to 1, where so many of the entries that were read are settled; undefined where nobody knows. */
  fractionDone(settled: number, read: number): number | undefined {
    if (this.total !== undefined) return this.total > 0 ? Math.min(settled / this.total, 1) : 1;
    const fraction = this.fractionRead();
    return fraction === undefined || read === 0 ? fraction : Math.min((fraction * settled) / read, 1);
  }

  /** The next page, the same one until it is taken in. */
  next(): Promise<IteratorResult<Page>> {
    if (this.coming) return this.coming;
    const { iterator } = this;
    this.coming = (async () => iterator.next())();
    // Whoever wants the page hears of a failure; until then it is not nobody's.
    this.coming.catch(() => undefined);
    return this.coming;
  }

  /** The page that came is dealt with; returns the position of its first entry. */
  take(page: Page): number {
    const first = this.position;
    this.coming = undefined;
    this.position += page.length;
    return first;
  }

  /** Not awaited: a source that hangs must not keep an upload that has ended from ending. */
  stop() {
    const { iterator } = this;
    (async () => iterator.return?.())().catch(() => undefined);
  }
}
