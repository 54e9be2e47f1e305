import type { Counts, Receipt, Rejection } from "./receipt.ts";

/** What an upload tells while it runs. */
export type Progress =
  /** The session was found, or opened for this upload. Comes again where it was lost and another took its place. */
  | { readonly type: "session"; readonly sessionId: string; readonly opened: boolean }
  /** A 200 acknowledged datums. */
  | {
      readonly type: "chunk";
      /** Of the whole upload so far. */
      readonly counts: Counts;
      /** How many the source has, where it knows: an array or a set does, and pages may say it. */
      readonly total?: number;
      /** In this request. */
      readonly datums: number;
      /** Of this request's body. */
      readonly bytes: number;
      /** The later `time` of the first and the last among them, as it was sent. */
      readonly newest: string;
    }
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
   * The ledger is no longer believed, and what it knew is sent again: `stale` where the session is not as the ledger says, `damaged`
   * where the ledger's file was put aside.
   */
  | {
      readonly type: "ledger";
      readonly state: "stale" | "damaged";
      /** One sentence for people. */
      readonly message: string;
    }
  | { readonly type: "done"; readonly receipt: Receipt };
