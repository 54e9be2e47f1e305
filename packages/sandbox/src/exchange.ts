import type { Caller } from "./auth/caller.ts";
import type { RunSteps } from "./faults/step-barrier.ts";
import type { HeaderLines } from "./http/header-lines.ts";
import type { Trace } from "./http/trace.ts";
import type { Platform } from "./platform.ts";

/** One request on its way to its answer. */
export interface Exchange {
  readonly request: Request;
  /** As the client sees it, tidied: good for links, not for finding a route. */
  readonly url: URL;
  /** The path as it was sent, escaped. */
  readonly path: string;
  /** The text after `?`, as sent. */
  readonly query: string;
  /** The lines of each header. */
  readonly lines: HeaderLines;
  /** Path parameters by name. */
  readonly params: Readonly<Record<string, string>>;
  readonly trace: Trace;
  readonly platform: Platform;
  /** The server's clock when the request arrived: milliseconds since 1970. */
  readonly now: number;
  /** The body, read once and within the limit. */
  body(): Promise<Uint8Array>;
  /** Runs a deduplicator's steps; a fault may come between them. */
  readonly runSteps: RunSteps;
}

/** An exchange whose caller is known. */
export interface CallerExchange extends Exchange {
  readonly caller: Caller;
}
