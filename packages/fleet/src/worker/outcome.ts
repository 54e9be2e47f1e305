import { type ClientError, fromUnknown, isUploadAborted, isUploadStopped, type TransportError } from "@tideway/core";

/** What became of one job. */
export type Outcome =
  /** Everything that waited is in the session. */
  | { readonly type: "done"; readonly sent: number; readonly refused: number }
  /** Nothing may be sent for this user now. */
  | { readonly type: "paused" }
  /** To be gone on with, by whoever has time; in so many seconds where the server asked for a pause. */
  | { readonly type: "handed-back"; readonly after: number }
  /** May go well later. */
  | { readonly type: "failed"; readonly failure: Failure }
  /** Goes well only after somebody did something about it: a dead letter, and the user is paused. */
  | { readonly type: "dead"; readonly failure: Failure };

/** An error as it may be written down: no text of it, no token and no health value. */
export interface Failure {
  /** The error's class: `Unauthenticated`, `ServerFailed`, … */
  readonly failure: string;
  readonly status?: number;
  /** For Tidepool's support. */
  readonly traceId?: string;
}

/** What no later try mends: the user has to log in, to give the right again, or is gone. */
const lasting: ReadonlySet<ClientError["_tag"]> = new Set<ClientError["_tag"]>([
  "Unauthenticated",
  "Forbidden",
  "NotFound"
]);

/** Of an error only what is safe to keep. */
export const failureOf = (error: ClientError): Failure => {
  const { status, traceId } = error as Partial<TransportError>;
  return {
    failure: error._tag,
    ...(status === undefined ? {} : { status }),
    ...(traceId === undefined ? {} : { traceId })
  };
};

/** What an error that ended a job means for it, with so many milliseconds left of the server's pause. */
export const outcomeOf = (thrown: unknown, pauseLeft: number): Outcome => {
  if (isUploadAborted(thrown)) return { type: "handed-back", after: 0 };
  const error = fromUnknown(isUploadStopped(thrown) ? thrown.cause : thrown);
  if (error._tag === "Throttled") return { type: "handed-back", after: pauseLeft / 1000 };
  return { type: lasting.has(error._tag) ? "dead" : "failed", failure: failureOf(error) };
};
