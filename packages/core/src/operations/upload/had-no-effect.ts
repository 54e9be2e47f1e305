import { isTidewayError } from "../../contract/errors/tagged-error.ts";
import type { TransportError } from "../../contract/errors/transport-error.ts";

/** Errors after which nothing of the request is in the session: it did not arrive, or was turned away as a whole. */
const harmless = [
  "Unreachable",
  "Throttled",
  "Unauthenticated",
  "Forbidden",
  "NotFound",
  "SessionClosed",
  "TooLarge",
  "Refused"
] as const satisfies ReadonlyArray<TransportError["_tag"]>;

/** Whether a request with datums that failed like this surely changed nothing. */
export const hadNoEffect = (thrown: unknown): boolean =>
  isTidewayError(thrown) && harmless.some((tag) => tag === thrown._tag);
