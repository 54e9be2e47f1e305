import * as Effect from "effect/Effect";
import type { Policy } from "../contract/policy.ts";
import type { Waiter } from "../contract/waiting.ts";

/** Why one waits for a request whose answer never came. */
export const untilItIsDead = "The answer to a request never came: waiting until it cannot have any effect.";

/** Waits until a request whose answer never came surely has no effect any more; `deadAt` in milliseconds since 1970. */
export const untilDead = (
  { now, onWait, policy }: Waiter & { readonly policy: Policy },
  deadAt: number,
  attempt = 0
): Effect.Effect<void> => {
  // No longer than any request can last, whatever happens to the clock.
  const left = Math.min(deadAt - now(), policy.settling.quiet);
  if (left <= 0) return Effect.void;
  onWait({ reason: untilItIsDead, milliseconds: left, attempt });
  return Effect.sleep(left);
};
