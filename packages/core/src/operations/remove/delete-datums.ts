import * as Effect from "effect/Effect";
import * as Random from "effect/Random";
import type { ClientError } from "../../contract/errors/client-error.ts";
import { Unanswered, UnexpectedAnswer } from "../../contract/errors/transport-error.ts";
import type { SessionLedger } from "../../contract/ledger.ts";
import type { Engine } from "../../engine/engine.ts";
import type { InFlightWrite } from "../../engine/in-flight-writes.ts";
import { request } from "../../engine/request.ts";
import { ledgerCall } from "../../ledger/open-ledger.ts";

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

const encoder = new TextEncoder();

const selectorOf = (id: string) => ({ origin: { id } });

/** Bytes of a selector in a body, with its comma. */
const sizeOf = (id: string) => encoder.encode(JSON.stringify(selectorOf(id))).length + 1;

/** The first of the ids, as many as go into a body of so many bytes: at least one. */
const firstOf = (ids: ReadonlyArray<string>, most: number) => {
  let bytes = 1;
  let count = 0;
  for (const id of ids) {
    const size = sizeOf(id);
    if (count > 0 && bytes + size > most) break;
    bytes += size;
    count++;
  }
  return { part: ids.slice(0, count), bytes };
};

/**
 * Deletes datums from a session by origin id, where any is named; ids that are not there do no harm. What is too large a
 * request, or gets no answer, is made again in smaller ones. Resolves to the time until which what is sent under these ids
 * might be deleted, too, in milliseconds since 1970: one of several tries may have gone unanswered, and be running still.
 */
export const deleteDatums = (
  engine: Engine,
  { sessionId, originIds, by, ledger, number }: Deletion
): Effect.Effect<number, ClientError> => {
  const { now, client, server, policy, congestion, retryBudget } = engine;
  if (originIds.length === 0) return Effect.succeed(0);
  const write: InFlightWrite = { sessionId, upload: by, originIds: new Set(originIds), quiescentAt: Infinity };
  let quiescentAt = 0;
  const prepare = ledger
    ? ledgerCall(() => ledger.begin({ chunk: number, originIds, begun: now() }, originIds))
    : Effect.void;
  const deletePart = (part: ReadonlyArray<string>) => {
    const call = async (signal: AbortSignal) => {
      const before = quiescentAt;
      quiescentAt = Infinity;
      try {
        await client.transport.deleteData(sessionId, part.map(selectorOf), { signal });
        quiescentAt = before;
      } catch (thrown) {
        const isOpen = signal.aborted || thrown instanceof Unanswered || thrown instanceof UnexpectedAnswer;
        quiescentAt = isOpen ? now() + policy.settling.quiet : before;
        throw thrown;
      }
    };
    return Effect.result(request(engine, call, { name: "deleting datums", prepare }));
  };
  const deleteAll = Effect.gen(function* () {
    let attempt = 0;
    for (let rest = originIds; rest.length > 0;) {
      const { part, bytes } = firstOf(rest, congestion.bytes);
      const sent = congestion.begin(bytes);
      const result = yield* Effect.onInterrupt(deletePart(part), () => Effect.sync(() => congestion.discarded(sent)));
      if (result._tag === "Success") {
        congestion.acknowledged(sent);
        rest = rest.slice(part.length);
        attempt = 0;
        continue;
      }
      const error = result.failure;
      if (error._tag === "TooLarge") congestion.tooLarge(sent);
      else if (error._tag === "Unanswered") congestion.unanswered(sent);
      else congestion.discarded(sent);
      if (error._tag === "TooLarge" && part.length > 1) continue;
      // Deleting once more does no harm.
      const wait =
        error._tag === "Unanswered" ? retryBudget.nextDelay(++attempt, true, now(), yield* Random.next) : undefined;
      if (wait === undefined) return yield* Effect.fail(error);
      engine.onWait({ reason: error.message, milliseconds: wait, attempt });
      yield* engine.stopSignal.sleep(wait);
      if (engine.stopSignal.isRequested) return yield* Effect.fail(error);
    }
  });
  return Effect.gen(function* () {
    yield* server.inFlight.begin(write, engine);
    const result = yield* Effect.result(deleteAll);
    if (ledger && quiescentAt === 0) yield* ledgerCall(() => ledger.end(number));
    return result._tag === "Failure" ? yield* Effect.fail(result.failure) : quiescentAt;
  }).pipe(
    Effect.ensuring(
      Effect.sync(() => server.inFlight.end(write, Math.min(quiescentAt, now() + policy.settling.quiet), now()))
    )
  );
};
