import * as Effect from "effect/Effect";
import type { ClientError } from "./client-error.ts";
import type { Engine } from "./engine/engine.ts";
import type { Flight } from "./engine/in-flight.ts";
import { request } from "./engine/request.ts";
import { Unanswered } from "./errors.ts";
import type { SessionLedger } from "./ledger.ts";
import { ledgerCall } from "./open-ledger.ts";

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
 * until which what is sent under these ids might be deleted, too, in milliseconds since 1970: one of several tries may have
 * gone unanswered, and be running still.
 */
export const deleteDatums = (
  engine: Engine,
  { sessionId, originIds, by, ledger, number }: Deletion
): Effect.Effect<number, ClientError> => {
  const { now, client, server, policy } = engine;
  if (originIds.length === 0) return Effect.succeed(0);
  const selectors = originIds.map((id) => ({ origin: { id } }));
  const flight: Flight = { sessionId, upload: by, originIds: new Set(originIds), deadAt: Infinity };
  let deadAt = 0;
  const prepare = ledger
    ? ledgerCall(() => ledger.begin({ chunk: number, originIds, begun: now() }, originIds))
    : Effect.void;
  const call = async (signal: AbortSignal) => {
    const before = deadAt;
    deadAt = Infinity;
    try {
      await client.transport.deleteData(sessionId, selectors, { signal });
      deadAt = before;
    } catch (thrown) {
      deadAt = signal.aborted || thrown instanceof Unanswered ? now() + policy.settling.quiet : before;
      throw thrown;
    }
  };
  return Effect.gen(function* () {
    yield* server.inFlight.begin(flight, engine);
    const result = yield* Effect.result(request(engine, call, { name: "deleting datums", repeatable: true, prepare }));
    if (ledger && deadAt === 0) yield* ledgerCall(() => ledger.end(number));
    return result._tag === "Failure" ? yield* Effect.fail(result.failure) : deadAt;
  }).pipe(
    Effect.ensuring(
      Effect.sync(() => server.inFlight.end(flight, Math.min(deadAt, now() + policy.settling.quiet), now()))
    )
  );
};
