import type { Entry } from "./entry.ts";
import type { Receipt } from "./receipt.ts";

/** Where data comes from again and again: a site, a folder of files. */
export interface SyncSource {
  /** Tells sources apart, for people and in the memory of how far each was read. */
  readonly name: string;
  /**
   * Opens it for one pass; `undefined` says that it has not changed since the pass before. What it rejects with fails this pass, not those
   * that follow.
   */
  open(request: SyncRequest): SyncReading | undefined | Promise<SyncReading | undefined>;
}

/** What one pass is to read. */
export interface SyncRequest {
  /** From when on, in milliseconds since 1970, late and edited data included; `undefined`: all that there is. */
  readonly from: number | undefined;
  /** The present moment, in milliseconds since 1970. */
  readonly now: number;
  /**
   * Whether it is to be read though nothing seems to have changed: the pass before has failed, or the session may have lost something.
   */
  readonly thorough: boolean;
  /** Fires when the pass is over. */
  readonly signal: AbortSignal;
}

/** A source that is being read for one pass. */
export interface SyncReading {
  readonly pages: AsyncIterable<ReadonlyArray<Entry>>;
  /**
   * What the source still holds of what was read: asked for once all pages were read. Nothing outside of these spans is ever taken for
   * deleted, since sources drop old data by themselves. Default: none, nothing is removed.
   */
  held?(): ReadonlyArray<HeldSpan>;
  /** Origin ids that the source says were deleted: asked for once all pages were read. Default: none. */
  deleted?(): Iterable<string>;
}

/** A span of time in which a source has all of its data of some types. */
export interface HeldSpan {
  /** Types as on the wire, at least one. */
  readonly types: ReadonlyArray<string>;
  /** Milliseconds since 1970, both included. */
  readonly from: number;
  readonly to: number;
  /**
   * Only datums for which this holds, as the server stored them, are taken for deleted. Default: all of these types.
   */
  readonly concerns?: (stored: Readonly<Record<string, unknown>>) => boolean;
  /**
   * Whether these are made by the source itself from others, such as the scheduled basal between two temporary ones: what the source no
   * longer gives would be a double, and goes without a mirror, too. Default: false.
   */
  readonly derived?: boolean;
}

/** How far a source was read. */
export interface SyncProgress {
  /** The session that has it; another one needs all of it. */
  readonly sessionId: string;
  /** Milliseconds since 1970: up to when it was read. */
  readonly readTo: number;
  /** When it was last read from far before that. */
  readonly deepAt: number;
}

/** Where it is remembered between runs how far sources were read: losing it costs time only. */
export interface SyncMemory {
  get(source: string): SyncProgress | undefined | Promise<SyncProgress | undefined>;
  /** `undefined` forgets. */
  set(source: string, progress: SyncProgress | undefined): void | Promise<void>;
}

/** What one pass over one source did. */
export type SyncPass =
  | {
      readonly outcome: "done";
      readonly source: string;
      /** How much was asked for: `nothing` where the source said that it had not changed. */
      readonly extent: "all" | "deep" | "recent" | "nothing";
      readonly receipt: Receipt | undefined;
      /** Datums deleted because the source no longer has them. */
      readonly removed: number;
      /** Records that could not be recognised: while there are any, a mirror deletes nothing. */
      readonly unrecognised: number;
      /** Milliseconds until the next pass; undefined where there is none. */
      readonly next: number | undefined;
    }
  | {
      readonly outcome: "failed";
      readonly source: string;
      readonly error: unknown;
      /** How many passes in a row have failed. */
      readonly failures: number;
      readonly next: number | undefined;
    };

/** How sources are kept in step. All times in milliseconds. */
export interface SyncOptions {
  /** Pause between two passes; some more is added at random. Default: none, one pass over each source. */
  readonly every?: number;
  /**
   * Deletes what a source no longer has, within what it still holds. Needs a session that nothing else uploads into, and one source: what
   * another one gave would be taken for deleted. Default: false.
   */
  readonly mirror?: boolean;
  /** Nothing before that is read, in milliseconds since 1970. Default: all that there is. */
  readonly since?: number;
  /** How much before the last pass is read again, for what came late or was changed. Default: 3 days. */
  readonly overlap?: number;
  /** The same, once in each `deepEvery`. Default: 30 days. */
  readonly deepOverlap?: number;
  /** Default: 24 hours. */
  readonly deepEvery?: number;
  /** Default: as long as the program runs. */
  readonly memory?: SyncMemory;
  readonly onPass?: (pass: SyncPass) => void;
  /** Whether an error would come again however often it is tried: it ends the sync. Default: nobody is logged in, or may not do this. */
  readonly isFinal?: (error: unknown) => boolean;
}
