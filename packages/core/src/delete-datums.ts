import * as Effect from "effect/Effect";
import type { ClientError } from "./client-error.ts";
import type { Engine } from "./engine/engine.ts";
import type { Flight } from "./engine/in-flight.ts";
import { request } from "./engine/request.ts";
import { Unanswered } from "./errors.ts";
import type { SessionLedger } from "./ledger.ts";
import { ledgerCall, ledgerFailed } from "./open-ledger.ts";

/** What is to be deleted, by whom. */
export interface Deletion {
  readonly sessionId: string;
  readonly originIds: ReadonlyArray<string>;
  /** Whose requests with these ids need not be waited for: the operation's own. */
  readonly by: object;
  /** Remembers that none of these ids is sure to be there any more, and what may still be running. */
  readonly ledger: SessionLedger | undefined;
  /** A number that no other request of this run has in the ledger. */
  readonly number: number;
}

/**
 * Deletes datums from a session by origin id, where any is named; ids that are not there do no harm. Resolves to the time
 * from which on it surely has no effect any more, in milliseconds since 1970: what is sent before then may be deleted, too.
 */
export const deleteDatums = (
  engine: Engine,
  { sessionId, originIds, by, ledger, number }: Deletion
): Effect.Effect<number, ClientError> => {
  const { now, client, server, policy } = engine;
  if (originIds.length === 0) return Effect.sync(now);
  const selectors = originIds.map((id) => ({ origin: { id } }));
  const flight: Flight = { sessionId, upload: by, originIds: new Set(originIds), deadAt: Infinity };
  let isOpen = false;
  let deadAt = 0;
  const call = async (signal: AbortSignal) => {
    const begun = now();
    await ledger?.begin({ chunk: number, originIds, begun }, originIds).catch((cause: unknown) => {
      throw ledgerFailed(cause);
    });
    isOpen = true;
    try {
      await client.transport.deleteData(sessionId, selectors, { signal });
      isOpen = false;
    } catch (thrown) {
      isOpen = signal.aborted || thrown instanceof Unanswered;
      if (isOpen) deadAt = now() + policy.settling.quiet;
      throw thrown;
    }
  };
  const end = Effect.sync(() => {
    if (isOpen) deadAt = now() + policy.settling.quiet;
    server.inFlight.end(flight, Math.max(deadAt, now()), now());
  });
  return Effect.gen(function* () {
    const result = yield* Effect.result(request(engine, call, { name: "deleting datums", repeatable: true }));
    if (ledger && !isOpen && deadAt === 0) yield* ledgerCall(() => ledger.end(number));
    if (result._tag === "Failure") return yield* Effect.fail(result.failure);
    return Math.max(deadAt, now());
  }).pipe((deleting) => Effect.andThen(server.inFlight.begin(flight, engine), deleting.pipe(Effect.ensuring(end))));
};
