import type { Datum } from "@tideway/schemas";

/**
 * One element of a source, before anything is known about it.
 *
 * A source that has the datum's JSON text at hand gives the text alone: what is already in the session is then
 * recognised without being parsed, and what is new is sent as it was read, without being written again.
 */
export type Entry =
  | {
      /** The datum's own JSON text: one object. */
      readonly text: string;
      /** The same as a part of a larger array, where the source has one: then it is copied, and not encoded again. */
      readonly utf8?: Utf8Slice;
      /**
       * What `JSON.parse` makes of the text, where the source gets it faster; throws as that does. Only for reading,
       * until the next call for any entry: it may be one object for all, and texts in it may keep much memory in use.
       */
      readonly parse?: () => unknown;
      /** Where it stands, for people: `line 12`, `element 3`, `row 7 of glucose.csv`. Default: `datum <index>`. */
      readonly at?: string;
      /** What `at` says, where that is a number of something: `readInThread` then need not make a text of each. */
      readonly place?: Place;
    }
  | {
      /** The datum itself, of any shape: nothing is assumed before the check. */
      readonly datum: unknown;
      readonly at?: string;
    }
  | {
      /** What the source could not turn into a datum, or left out on purpose: counted, never lost silently. */
      readonly problem: SourceProblem;
      readonly at?: string;
    };

/** Where an entry stands in a source that counts: `line` and 12, where `at` is `line 12`. */
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

/** Why a source has no datum for a part of its input. */
export interface SourceProblem {
  /** `rejected`: it should have been a datum and is not readable. `skipped`: it is not for upload, and that is fine. */
  readonly outcome: "rejected" | "skipped";
  /** A stable word for programs: `not-json`, `kind-not-uploadable`, … */
  readonly code: string;
  /** One sentence for people: what, and what to do. Holds no health value. */
  readonly message: string;
}

/**
 * Where datums come from: datums one by one, or pages of entries, as the readers of `@tideway/sources` give them. Values of which
 * nothing is known yet become a source by `unknownDatums`.
 *
 * A function is called for each reading. Give one where a source can be read only once: should the session be lost half-way,
 * all of it is read again for the next session.
 */
export type Source = OpenSource | (() => OpenSource);

/** A source that is being read. */
export type OpenSource = Iterable<Datum> | AsyncIterable<Datum> | Pages;

/** Entries, many at a time. What a fast source gives: one asynchronous step for each page instead of each datum. */
export interface Pages {
  readonly pages: AsyncIterable<ReadonlyArray<Entry>>;
  /** How many entries there are, where that is known before they are read: for a progress bar. */
  readonly total?: number;
  /**
   * How much of the input has been read, from 0 to 1, where `total` is not known: the bytes of a file, for example. Called at each
   * progress event; undefined as long as it is not known.
   */
  readonly fractionRead?: () => number | undefined;
}
