import type { Counts, Receipt, Rejection } from "./receipt.ts";

/** How far an upload is, for a progress bar. */
export interface Position {
  /** Of the whole upload so far. */
  readonly counts: Counts;
  /** How many entries the source has, where it knows: an array or a set does, and pages may say it. */
  readonly total?: number;
  /**
   * How much is done, from 0 to 1: of the total, or of the bytes of files that `@tideway/sources` opened. Undefined where the source
   * knows neither. Starts again where a lost session makes the upload start again.
   */
  readonly fraction?: number;
}

/** What an upload reports while it runs. */
export type Progress =
  /** The session was found, or opened for this upload. Comes again where it was lost and another took its place. */
  | { readonly type: "session"; readonly sessionId: string; readonly opened: boolean }
  /** A 200 acknowledged datums. */
  | (Position & {
      readonly type: "chunk";
      /** In this request. */
      readonly datums: number;
      /** Of this request's body. */
      readonly bytes: number;
      /** The later `time` of the first and the last among them, as it was sent. */
      readonly newest: string;
    })
  /** Datums of the source are in the session already: nothing is sent for them. At most once for each page of the source. */
  | (Position & {
      readonly type: "unchanged";
      /** Since the last such event. */
      readonly datums: number;
    })
  | { readonly type: "rejected"; readonly rejection: Rejection }
  /** Nothing is wrong yet: a request is made again after that many milliseconds. */
  | {
      readonly type: "waiting";
      /** One sentence for people. */
      readonly reason: string;
      readonly milliseconds: number;
      /** How often the request has failed; 0 where the server asked everybody for a pause. */
      readonly attempt: number;
    }
  /**
   * The ledger is no longer trusted, and what it held is sent again: `stale` where the session differs from the ledger, `damaged`
   * where the ledger's file was put aside.
   */
  | {
      readonly type: "ledger";
      readonly state: "stale" | "damaged";
      /** One sentence for people. */
      readonly message: string;
    }
  | { readonly type: "done"; readonly receipt: Receipt };
