import * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";

/**
 * Runs a pipeline as a Promise: rejects with the typed error itself or, when aborted, with what `onAbort` makes of the signal's reason.
 * Default: the reason itself.
 */
export const toPromise = async <A, E>(
  effect: Effect.Effect<A, E>,
  signal?: AbortSignal,
  onAbort: (reason: unknown) => unknown = (reason) => reason
): Promise<A> => {
  if (signal?.aborted) throw onAbort(signal.reason);
  const exit = await Effect.runPromiseExit(effect, signal ? { signal } : undefined);
  if (Exit.isSuccess(exit)) return exit.value;
  if (signal?.aborted && Cause.hasInterruptsOnly(exit.cause)) throw onAbort(signal.reason);
  throw Cause.squash(exit.cause);
};
