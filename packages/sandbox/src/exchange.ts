import type { Caller } from "./auth/caller.ts";
import type { RunSteps } from "./faults/step-gate.ts";
import type { Trace } from "./http/trace.ts";
import type { Platform } from "./platform.ts";

/** One request on its way to its answer. */
export interface Exchange {
  readonly request: Request;
  readonly url: URL;
  /** The text after `?`, as sent. */
  readonly query: string;
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
