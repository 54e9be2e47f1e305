import type { ClientError } from "../client-error.ts";

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

/** When to try again, how often, and when to give up. All times in milliseconds. */
export interface Retry {
  readonly classify: (error: ClientError) => FailureClass;
  /** Longest wait before the first retry; doubles each time. Default: 250. */
  readonly base: number;
  /** Longest wait before any retry. Default: 30,000. */
  readonly cap: number;
  /** Attempts of one request without any progress in between. Default: 40. */
  readonly attempts: number;
  /** Attempts as long as the server has never answered: a wrong address is told soon. Default: 3. */
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

const classify = (error: ClientError): FailureClass => {
  switch (error._tag) {
    case "Throttled":
      return "throttled";
    case "Unreachable":
    case "ServerFailed":
      return "transient";
    case "Unanswered":
      return "unanswered";
    default:
      return "permanent";
  }
};

export const defaultRetry: Retry = {
  classify,
  base: 250,
  cap: 30_000,
  attempts: 40,
  firstContact: 3,
  budget: 200,
  patience: 900_000,
  deadline: 90_000,
  longest: 600_000
};

/** Full jitter: anything from nothing to the doubling, capped wait. `attempt` counts from 1, `random` is 0 to 1. */
export const backoff = (retry: Retry, attempt: number, random: number): number =>
  random * Math.min(retry.base * 2 ** (attempt - 1), retry.cap);
