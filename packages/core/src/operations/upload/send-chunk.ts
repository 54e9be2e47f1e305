import * as Effect from "effect/Effect";
import { type ClientError, fromUnknown } from "../../contract/errors/client-error.ts";
import type { Item } from "../../contract/item.ts";
import type { SessionLedger } from "../../contract/ledger.ts";
import type { InFlightWrite } from "../../engine/in-flight-writes.ts";
import { request } from "../../engine/request.ts";
import { ledgerCall } from "../../ledger/open-ledger.ts";
import { event, span } from "../../telemetry/recorder.ts";
import { acknowledge } from "./acknowledge.ts";
import type { ChunkLifecycle } from "./chunk-lifecycle.ts";
import { type Chunk, fitting } from "./chunk.ts";
import { hadNoEffect } from "./had-no-effect.ts";
import { LedgerHeartbeat } from "./ledger-heartbeat.ts";
import { Payload } from "./payload.ts";
import { refusalOf } from "./refusal-of.ts";
import type { RunContext } from "./run-context.ts";
import type { Sending } from "./sending.ts";

const originIdsOf = (items: ReadonlyArray<Item>): Array<string> => {
  const ids: Array<string> = [];
  for (const { originId, children } of items) ids.push(originId, ...children);
  return ids;
};

/** A success in words that are not the platform's: somebody else may have answered, before it or in its place. */
const isForeign = ({ _tag, status = 200 }: ClientError & { readonly status?: number }) =>
  _tag === "UnexpectedAnswer" && status >= 200 && status < 300;

/** Whether a request may still be running. */
const leavesOpen = (error: ClientError): boolean => error._tag === "Unanswered" || isForeign(error);

/** One request with some of a chunk's datums; `doubtful` is what must not be taken for known until the chunk has ended. */
const post = ({ context, chunks, chunk, payload }: Sending, doubtful: ReadonlyArray<Item>) => {
  const { engine, ledger, session, reporter } = context;
  const number = chunks.numberOf(chunk);
  const prepare = ledger
    ? ledgerCall(() => {
        const outdated = payload.items.flatMap((item) => item.outdates);
        return ledger.begin({ chunk: number, originIds: originIdsOf(doubtful), begun: engine.now() }, outdated);
      }).pipe(Effect.tap(() => Effect.sync(() => chunks.ledgerChanged())))
    : Effect.void;
  const call = async (signal: AbortSignal, onProgress: () => void) => {
    reporter.tally.requests++;
    payload.isOpen = true;
    const heartbeat =
      ledger &&
      new LedgerHeartbeat(engine.now, (begun) =>
        ledger.begin({ chunk: number, originIds: originIdsOf(doubtful), begun }, [])
      );
    const onMoved = () => {
      onProgress();
      heartbeat?.beat();
    };
    try {
      await engine.client.transport.postData(session.uploadId, payload.body, { signal, onProgress: onMoved });
    } catch (thrown) {
      // Else nobody waits for it any more, and the payload may be another one by now.
      if (!signal.aborted) {
        payload.isOpen = leavesOpen(fromUnknown(thrown));
        if (!hadNoEffect(thrown)) chunks.doubt(chunk, payload.items);
      }
      throw thrown;
    } finally {
      await heartbeat?.done();
    }
  };
  return request(engine, call, { name: "a chunk of datums", prepare });
};

/** Whether what nobody knows the outcome of is to be sent again when that cannot interfere any more. */
const isWorthWaiting = ({ context, chunks, chunk, payload }: Sending, error: ClientError): boolean => {
  const { engine } = context;
  const { attempts } = engine.policy.settling;
  if (isForeign(error)) return engine.congestion.gotForeignAnswer(attempts);
  if (error._tag !== "Unanswered" || engine.policy.settling.quiet > engine.policy.retry.patience) return false;
  // Less may get through: down to a single datum it is another attempt only where it is no smaller.
  return chunks.missed(chunk) < attempts || payload.items.length > 1;
};

/** A request that failed has ended, and may have had its effect, or half of it. */
const leaveInDoubt = ({ engine }: RunContext, ledger: SessionLedger, items: ReadonlyArray<Item>, number: number) => {
  const begun = engine.now() - engine.policy.settling.quiet;
  return ledger.begin({ chunk: number, originIds: originIdsOf(items), begun }, []);
};

/**
 * Sends some of a chunk's items until each is acknowledged or rejected. Resolves to false where that is not known of all:
 * then they and the `rest` of the chunk are parked.
 */
const sendPiece = (sending: Sending, piece: ReadonlyArray<Item>, rest: ReadonlyArray<Item>) =>
  Effect.gen(function* () {
    const { context, chunks, chunk, payload } = sending;
    const { engine, ledger, reporter } = context;
    const { congestion, policy } = engine;
    const number = chunks.numberOf(chunk);
    const isolation = policy.isolation.begin(piece);
    for (let next = isolation.next(); next; next = isolation.next()) {
      payload.fill(next);
      if (engine.stopSignal.isRequested) return yield* Effect.interrupt;
      // The server said so of another request meanwhile. A datum alone is sent all the same: only an answer can blame it.
      if (next.length > 1 && congestion.isTooLarge(payload.body.length)) {
        isolation.tooLarge();
        continue;
      }
      // A request that got no answer held all that is left: a smaller one must not narrow down what is in doubt.
      const doubtful = chunk.notBefore > 0 ? [...isolation.remaining(), ...rest] : next;
      const sent = congestion.begin(payload.body.length);
      const posting = Effect.result(post(sending, doubtful));
      const result = yield* Effect.onInterrupt(posting, () => Effect.sync(() => congestion.discarded(sent)));
      if (result._tag === "Success") {
        payload.isOpen = false;
        chunks.acknowledged(chunk, payload.items);
        congestion.acknowledged(sent);
        const proven = isolation.accepted() ?? [];
        yield* acknowledge(sending);
        chunks.clear(
          chunk,
          proven.map(({ item }) => item)
        );
        for (const culprit of proven) reporter.rejectItem(refusalOf(culprit), culprit.item);
        continue;
      }
      const error = result.failure;
      payload.isOpen = leavesOpen(error);
      if (payload.isOpen) chunks.doubt(chunk, payload.items);
      if (error._tag === "TooLarge") congestion.tooLarge(sent);
      else if (error._tag === "Unanswered") congestion.unanswered(sent);
      else congestion.discarded(sent);
      const culprits =
        error._tag === "Refused"
          ? isolation.refused(error.issues)
          : error._tag === "TooLarge"
            ? isolation.tooLarge()
            : undefined;
      if (culprits) {
        chunks.clear(
          chunk,
          culprits.map(({ item }) => item)
        );
        for (const culprit of culprits) reporter.rejectItem(refusalOf(culprit), culprit.item);
        continue;
      }
      chunks.narrow(chunk, [...isolation.remaining(), ...rest]);
      if (isWorthWaiting(sending, error)) {
        chunks.park(chunk, engine.now() + policy.settling.quiet);
        yield* event("chunkParked", { datums: chunk.items.length });
        return false;
      }
      if (ledger && !payload.isOpen) yield* ledgerCall(() => leaveInDoubt(context, ledger, chunk.items, number));
      return yield* Effect.fail(error);
    }
    return true;
  });

/**
 * Sends a chunk until every datum of it is acknowledged or rejected, in pieces no larger than what gets through by now. Where
 * an answer never came, what is left of it is parked: to be sent again when the request is quiescent.
 */
const sendPieces = (sending: Sending): Effect.Effect<void, ClientError> =>
  Effect.gen(function* () {
    const { context, chunks, chunk, payload } = sending;
    const { engine, ledger } = context;
    const number = chunks.numberOf(chunk);
    for (let rest: ReadonlyArray<Item> = chunk.items; rest.length > 0;) {
      const count = fitting(rest, engine.congestion.bytes);
      const piece = rest.slice(0, count);
      rest = rest.slice(count);
      if (!(yield* sendPiece(sending, piece, rest))) return;
    }
    if (ledger) yield* ledgerCall(() => ledger.end(number));
    chunks.finish(chunk, payload.quiescentAt);
  });

/** Sends a chunk, but not while another upload of this process has a request with one of its ids under way. */
export const sendChunk = (
  context: RunContext,
  chunks: ChunkLifecycle,
  chunk: Chunk
): Effect.Effect<void, ClientError> => {
  const { now, policy, server } = context.engine;
  const payload = new Payload();
  const write: InFlightWrite = {
    sessionId: context.session.uploadId,
    upload: context,
    originIds: chunk.ids,
    quiescentAt: Infinity
  };
  const end = () => {
    if (payload.isOpen) chunks.doubt(chunk, payload.items);
    server.inFlight.end(write, payload.isOpen ? now() + policy.settling.quiet : now(), now());
    payload.release();
  };
  return Effect.gen(function* () {
    yield* server.inFlight.begin(write, context.engine);
    yield* sendPieces({ context, chunks, chunk, payload });
  }).pipe(Effect.ensuring(Effect.sync(end)), span("chunk"));
};
