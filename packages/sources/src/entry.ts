/**
 * One element of a source, before anything is known about it: what `@tideway/core` takes in its pages.
 *
 * A source that has the datum's JSON text at hand gives the text alone, so that it need not be parsed and written again.
 */
export type Entry =
  | {
      /** The datum's own JSON text: one object. */
      readonly text: string;
      /** The same as a part of a larger array, where there is one: then it need not be encoded again. */
      readonly utf8?: Utf8Slice;
      /**
       * What `JSON.parse` makes of the text, where the source can tell it sooner; throws as that does. Only for looking at,
       * until the next call for any entry: it may be one object for all, and texts in it may keep much memory in use.
       */
      readonly parse?: () => unknown;
      /** Where it stands, for people: `line 12`, `element 3`. */
      readonly at: string;
      /** The same by what is counted: V8 keeps the text of every number for a while, and few are ever read. */
      readonly place?: Place;
    }
  | {
      /** The datum itself, of any shape: nothing has been checked. */
      readonly datum: unknown;
      readonly at: string;
    }
  | {
      /** What could not be turned into a datum, or is left out on purpose. */
      readonly problem: SourceProblem;
      readonly at: string;
    };

/** Where an entry stands in its input: `line` and 12. */
export interface Place {
  readonly unit: string;
  readonly number: number;
}

/** Some bytes of a larger array, valid UTF-8. They never change. */
export interface Utf8Slice {
  readonly bytes: Uint8Array;
  readonly from: number;
  /** The byte after the last. */
  readonly to: number;
}

/** Why there is no datum for a part of the input. */
export interface SourceProblem {
  /** `rejected`: it should have been a datum and is not readable. `skipped`: it is not for upload, and that is fine. */
  readonly outcome: "rejected" | "skipped";
  /** A stable word for programs; the README lists them. */
  readonly code: string;
  /** One sentence for people: what, and what to do. Holds no health value. */
  readonly message: string;
  /** The file, as its caller named it; a file inside an archive by its path: `export.zip/cgm_data_1.csv`. */
  readonly file?: string;
  /** As a spreadsheet counts: the first row is 1. */
  readonly row?: number;
  /** The column, as the format names it. */
  readonly column?: string;
}

/** A source in pages: one async step for many entries. */
export interface Pages {
  readonly pages: AsyncIterable<ReadonlyArray<Entry>>;
  /** How much of the input has been read, from 0 to 1: for a progress bar. Undefined where that is not known. */
  readonly fractionRead?: () => number | undefined;
}

/** Some entries on their way, in the order of the input. */
export interface Page {
  readonly entries: ReadonlyArray<Entry>;
  /** Some text that holds the text of every entry. */
  readonly text: string;
}
