import type { Receipt } from "../receipt.ts";
import { isTidewayError, taggedError } from "./tagged-error.ts";
import type { TransportError } from "./transport-error.ts";

/** The source threw while it was read, or gave no datums. */
export class SourceFailed extends taggedError("SourceFailed")<{
  readonly message: string;
  readonly cause?: unknown;
}> {}

/** A mirror was asked for of a source without one datum: it would delete everything, and deleted nothing. */
export class SourceEmpty extends taggedError("SourceEmpty")<{ readonly message: string }> {}

/** The ledger could not be read or written, or another run holds it. */
export class LedgerFailed extends taggedError("LedgerFailed")<{
  readonly message: string;
  /** Whether another run holds it: the same may go well later. Default: false. */
  readonly isBusy?: boolean;
  readonly cause?: unknown;
}> {}

/** The session was closed or deleted under the upload, and the source cannot be read a second time. */
export class SessionLost extends taggedError("SessionLost")<{
  readonly message: string;
  readonly sessionId: string;
  readonly cause?: unknown;
}> {}

/** Read is not sent + unchanged + rejected + skipped: a fault in Tideway, reported rather than hidden. */
export class CountMismatch extends taggedError("CountMismatch")<{ readonly message: string }> {}

/** Anything else that was thrown: a fault in a port, a callback, or here. */
export class InternalError extends taggedError("InternalError")<{
  readonly message: string;
  readonly cause: unknown;
}> {}

/** Everything that can end an operation of the client, apart from an abort's own reason. */
export type ClientError =
  | TransportError
  | SourceFailed
  | SourceEmpty
  | LedgerFailed
  | SessionLost
  | CountMismatch
  | InternalError;

/** An upload that ended early. What `receipt` counts as sent is in the session and stays there. */
export class UploadStopped extends taggedError("UploadStopped")<{
  readonly message: string;
  readonly cause: ClientError;
  /** What was done until then, what may have been done, and what was not. */
  readonly receipt: Receipt;
}> {}

/**
 * An upload that was stopped by its signal. Its `name` is `AbortError`, as that of every abort on the web; its `cause` is the signal's
 * reason, whatever that is.
 */
export class UploadAborted extends taggedError("UploadAborted")<{
  readonly message: string;
  readonly cause: unknown;
  /** What was done until then, what may have been done, and what was not. */
  readonly receipt: Receipt;
}> {
  override readonly name = "AbortError";
}

/** All of them, held against the type so that none is forgotten. */
const tags = {
  Unreachable: true,
  Unanswered: true,
  Throttled: true,
  ServerFailed: true,
  Unauthenticated: true,
  Forbidden: true,
  NotFound: true,
  SessionClosed: true,
  TooLarge: true,
  Refused: true,
  UnexpectedAnswer: true,
  SourceFailed: true,
  SourceEmpty: true,
  LedgerFailed: true,
  SessionLost: true,
  CountMismatch: true,
  InternalError: true
} satisfies Record<ClientError["_tag"], true>;

/** The one door for what was thrown: one of ours stays itself, everything else becomes {@link InternalError}. */
export const fromUnknown = (thrown: unknown): ClientError => {
  if (isTidewayError(thrown) && Object.hasOwn(tags, thrown._tag)) return thrown as ClientError;
  const what = thrown instanceof Error ? thrown.name : typeof thrown;
  return new InternalError({ message: `Something unexpected was thrown (${what}): see the cause.`, cause: thrown });
};
