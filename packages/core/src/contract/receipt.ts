import type { Issue, Kind } from "@tideway/schemas";

/** How many of something. `read = sent + unchanged + rejected + skipped`, once the outcome of all is known. */
export interface Counts {
  /** Entries taken from the source. */
  readonly read: number;
  /** Acknowledged by the server with a 200, in this upload. */
  readonly sent: number;
  /** Already in the session in this very form: not sent again. */
  readonly unchanged: number;
  /** Refused, by the check, by the server or by the source: each with its reason. */
  readonly rejected: number;
  /** Left out on purpose: an older version of a datum that came again, or what the source said is not for upload. */
  readonly skipped: number;
}

/** One entry that did not get in, or was left out, and why. */
export interface Rejection {
  readonly outcome: "rejected" | "skipped";
  /** Position in the source, from 0. */
  readonly index: number;
  /** Where it stands, for people: `line 12`. */
  readonly at: string;
  readonly kind?: Kind;
  readonly originId?: string;
  /** Who decided. */
  readonly by: "source" | "check" | "engine" | "server";
  /** A stable word for programs; for `check` and `server` the code of the first issue. */
  readonly code: string;
  /** One sentence; holds no health value (`issues` may). */
  readonly message: string;
  readonly issues: ReadonlyArray<Issue>;
}

/** What an upload did. `read = sent + unchanged + rejected + skipped + inDoubt + notSent`, wherever it was stopped. */
export interface Receipt extends Counts {
  /** Empty where none was needed: the source had no datum that could be sent. */
  readonly sessionId: string;
  /** Whether the session was opened by this upload, rather than found. */
  readonly sessionOpened: boolean;
  /**
   * In requests whose answer never came or was no longer waited for: they may be in the session or not. 0 after an upload that
   * ended well.
   */
  readonly inDoubt: number;
  /** Read, and certainly not sent by this upload, because it was stopped before. 0 after an upload that ended well. */
  readonly notSent: number;
  /** Datums deleted, where a mirror was asked for. */
  readonly removed: number;
  /** Chunks acknowledged. */
  readonly chunks: number;
  /** Data requests made, acknowledged or not. */
  readonly requests: number;
  /** Counts by kind; what has no kind is under `unknown`. */
  readonly kinds: { readonly [K in Kind | "unknown"]?: Counts };
  /** The first rejections and skips, at most as many as asked for (default 1,000); `onRejected` sees them all. */
  readonly rejections: ReadonlyArray<Rejection>;
  /** Milliseconds from start to end. */
  readonly elapsed: number;
}
