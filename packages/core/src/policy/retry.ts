import type { ClientError } from "../contract/errors/client-error.ts";
import type { FailureClass, Retry } from "../contract/policy.ts";

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

/** Patient: made for jobs that run by themselves. */
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
