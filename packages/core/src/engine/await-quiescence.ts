import * as Effect from "effect/Effect";
import type { Policy } from "../contract/policy.ts";
import type { Waiter } from "../contract/waiting.ts";

/** The reason given for waiting for a request whose answer never came. */
export const awaitingQuiescence = "A request got no answer: waiting until the server can no longer be working on it.";

/** Waits until a request whose answer never came is certain to have no further effect; `quiescentAt` in milliseconds since 1970. */
export const awaitQuiescence = (
  { now, onWait, policy }: Waiter & { readonly policy: Policy },
  quiescentAt: number,
  attempt = 0
): Effect.Effect<void> => {
  // No longer than any request can last, whatever happens to the clock.
  const left = Math.min(quiescentAt - now(), policy.settling.quiet);
  if (left <= 0) return Effect.void;
  onWait({ reason: awaitingQuiescence, milliseconds: left, attempt });
  return Effect.sleep(left);
};
