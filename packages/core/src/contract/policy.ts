import type { Issue } from "@tideway/schemas";
import type { ClientError } from "./errors/client-error.ts";
import type { Item } from "./item.ts";

/** Every decision of the engine that a caller may replace. */
export interface Policy {
  readonly chunking: Chunking;
  readonly isolation: Isolation;
  readonly pacing: Pacing;
  readonly retry: Retry;
  readonly settling: Settling;
  readonly sizing: Sizing;
}

/** Parts of a policy; what is left out keeps its default. */
export type PolicyOptions = { readonly [K in keyof Policy]?: Partial<Policy[K]> };

/** How datums are put together into requests. */
export interface Chunking {
  /** Most datums in a chunk, 1 to 1,000 (the platform's advice). Default: 1,000. */
  readonly datums: number;
  /** Most bytes of JSON in a chunk; a single larger datum goes alone. Default: 1,048,576. */
  readonly bytes: number;
}

/** What to do with a chunk that the server refuses. */
export interface Isolation {
  readonly begin: (items: ReadonlyArray<Item>) => Search;
}

/** The sending of one chunk, in as many requests as it takes until every datum of it is accepted or blamed. */
export interface Search {
  /** What to send next; undefined when nothing is left. */
  next(): ReadonlyArray<Item> | undefined;
  /** What was sent got a 200; returns the culprits that are known for certain by that, if any. */
  accepted(): ReadonlyArray<Culprit> | undefined;
  /** What was sent got a 400, `issues` pointing into it; returns the culprits found by that. */
  refused(issues: ReadonlyArray<Issue>): ReadonlyArray<Culprit>;
  /** What was sent got a 413; returns the datum that is too large by itself, if that is known. */
  tooLarge(): ReadonlyArray<Culprit>;
  /** What is neither accepted nor blamed, in order, where it has to be broken off. */
  remaining(): ReadonlyArray<Item>;
}

/** A datum that the server will not take, and why. */
export interface Culprit {
  readonly item: Item;
  readonly code: string;
  readonly issues: ReadonlyArray<Issue>;
}

/** How fast a server is asked, and what a request to slow down (429, 503) does. All times in milliseconds. */
export interface Pacing {
  /** Chunks of one upload in flight together. Default: 4. */
  readonly concurrency: number;
  /** Longest pause that a Retry-After is obeyed for. Default: 300,000. */
  readonly longestPause: number;
  /** Pause after the first request to slow down that names no time; doubles with each in a row. Default: 1,000. */
  readonly firstPause: number;
}

/** When to try again, how often, and when to give up. All times in milliseconds. */
export interface Retry {
  readonly classify: (error: ClientError) => FailureClass;
  /** Longest wait before the first retry; doubles each time. Default: 250. */
  readonly base: number;
  /** Longest wait before any retry. Default: 30,000. */
  readonly cap: number;
  /** Attempts of one request without any progress in between. Default: 40. */
  readonly attempts: number;
  /** Attempts as long as the server has never answered: so that a wrong address is noticed soon. Default: 3. */
  readonly firstContact: number;
  /** Retries that a whole upload may use up; each acknowledged chunk gives one back. Default: 200. */
  readonly budget: number;
  /** Longest time without progress, throttling included, before giving up. Default: 900,000. */
  readonly patience: number;
  /** Longest silence of one request: from its start, or from the last byte that the transport saw move. Default: 90,000. */
  readonly deadline: number;
  /** Longest that one request may take, however its bytes move. Default: 600,000. */
  readonly longest: number;
}

/** What a failure means for the request that met it. */
export type FailureClass =
  /** The server asks for a pause: everything waits, no attempt is used. */
  | "throttled"
  /** May go well the next time. */
  | "transient"
  /** May have had its effect, now or later. */
  | "unanswered"
  /** The same again would fail the same. */
  | "permanent";

/** What to do with a request whose answer never came: it may still be running on the server. Times in milliseconds. */
export interface Settling {
  /**
   * How long a request whose answer did not come can still have an effect. Longer than the gateway's 60 s. Default: 65,000.
   */
  readonly quiet: number;
  /** Chunks that may wait for this before the upload pauses for them. Default: 8. */
  readonly parked: number;
  /**
   * How often a chunk is sent without an answer before giving up, where it has come down to one datum by then; and how many
   * requests in a row may get an answer that is not the platform's. Default: 8.
   */
  readonly attempts: number;
  /** How long what is in flight may take to end after an abort. Default: 5,000. */
  readonly grace: number;
  /** How long after opening a session to check whether another program opened one, too. Default: 250. */
  readonly recheckAfter: number;
}

/** How the size of requests follows what gets through. */
export interface Sizing {
  /**
   * Requests of full size that have to be acknowledged in a row before a larger one is tried, at least 1. Doubles each time
   * that the larger one did not get through. Default: 4.
   */
  readonly growAfter: number;
  /** Most bytes by which it is larger. Default: 65,536. */
  readonly growBy: number;
}
