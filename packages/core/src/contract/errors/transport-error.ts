import type { Issue } from "@tideway/schemas";
import { taggedError } from "./tagged-error.ts";

/** The fields of every error of a transport. None of them holds a token or a health value. */
interface Told {
  /** What happened, to what, and what to do. */
  readonly message: string;
  /** The HTTP status, where there was an answer. */
  readonly status?: number;
  /** The request's trace id, for Tidepool's support. */
  readonly traceId?: string;
  readonly cause?: unknown;
}

/** The request did not reach the server (no network, no such host, refused connection): it had no effect. */
export class Unreachable extends taggedError("Unreachable")<Told> {}

/** The request may have reached the server but no answer came (deadline, reset, 502, 504): it may still be running. */
export class Unanswered extends taggedError("Unanswered")<Told> {}

/** The server asks for a pause (429, 503). */
export class Throttled extends taggedError("Throttled")<
  Told & {
    /** Milliseconds from Retry-After, where the server gave it. */
    readonly retryAfter?: number;
  }
> {}

/** The server failed (500 and other 5xx). The same request may succeed later. */
export class ServerFailed extends taggedError("ServerFailed")<Told> {}

/** Not logged in, or no longer (401 after renewal was tried). */
export class Unauthenticated extends taggedError("Unauthenticated")<Told> {}

/** Logged in, without the right for this user's data (403). */
export class Forbidden extends taggedError("Forbidden")<Told> {}

/** There is no such data set or user (404). */
export class NotFound extends taggedError("NotFound")<Told> {}

/** The data set is closed and takes no more data (409). */
export class SessionClosed extends taggedError("SessionClosed")<Told> {}

/** The body is larger than the server takes (413). */
export class TooLarge extends taggedError("TooLarge")<Told> {}

/** The server refused the body (400). `issues` point into it (`/3/value`); empty where the server pointed at nothing. */
export class Refused extends taggedError("Refused")<Told & { readonly issues: ReadonlyArray<Issue> }> {}

/** An answer that a Tidepool does not give: another server, a proxy's page, a cut-off body. */
export class UnexpectedAnswer extends taggedError("UnexpectedAnswer")<
  Told & {
    /** Whether the same may go well later, because a network that wants a login of its own seems to have answered. Default: false. */
    readonly isTemporary?: boolean;
  }
> {}

/** Everything a transport may reject with, apart from an abort's own reason. */
export type TransportError =
  | Unreachable
  | Unanswered
  | Throttled
  | ServerFailed
  | Unauthenticated
  | Forbidden
  | NotFound
  | SessionClosed
  | TooLarge
  | Refused
  | UnexpectedAnswer;
