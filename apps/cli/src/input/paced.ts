import type { Entry } from "@tideway/core";

/** A source that is being read page by page. */
export interface Paged {
  readonly pages: AsyncIterable<ReadonlyArray<Entry>>;
}

/** A source of pages; a function where it can be read again. */
export type PagedSource = Paged | (() => Paged);

/** Who has a say in how fast a source is read, and hears of it. */
export interface Pace {
  /** Nothing more is read before this has resolved. */
  readonly ready: () => Promise<unknown>;
  /** The reading begins, for the first time or again. */
  readonly onOpen?: () => void;
  /** So many entries were handed out. */
  readonly onPage?: (entries: number) => void;
}

const pacedPages = ({ pages }: Paged, { ready, onOpen = () => {}, onPage = () => {} }: Pace): Paged => ({
  pages: {
    [Symbol.asyncIterator]: (): AsyncIterator<ReadonlyArray<Entry>> => {
      const inner = pages[Symbol.asyncIterator]();
      onOpen();
      return {
        next: async () => {
          await ready();
          const step = await inner.next();
          if (!step.done) onPage(step.value.length);
          return step;
        },
        return: async () => (await inner.return?.()) ?? { done: true, value: undefined }
      };
    }
  }
});

/**
 * The same source, each page handed out only when `ready` has resolved: nothing more is read as long as those who hear of what
 * is read have not caught up.
 */
export const paced = (source: PagedSource, pace: Pace): PagedSource =>
  typeof source === "function" ? () => pacedPages(source(), pace) : pacedPages(source, pace);
