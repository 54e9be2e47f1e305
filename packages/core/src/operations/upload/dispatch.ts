import * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import { type ClientError, fromUnknown } from "../../contract/errors/client-error.ts";
import { awaitQuiescence } from "../../engine/await-quiescence.ts";
import { span } from "../../telemetry/recorder.ts";
import type { Chunk } from "./chunk.ts";
import type { Run } from "./run.ts";
import { sendChunk } from "./send-chunk.ts";

/** Starts sending a chunk in a fiber of its own, which reports to the run. */
const start = (run: Run, chunk: Chunk): Effect.Effect<void> => {
  run.chunks.start(chunk);
  return sendChunk(run.context, run.chunks, chunk).pipe(
    Effect.matchCause({
      onSuccess: () => undefined,
      onFailure: (cause) => {
        if (!Cause.hasInterruptsOnly(cause)) run.fail(fromUnknown(Cause.squash(cause)));
      }
    }),
    Effect.ensuring(Effect.sync(() => run.chunks.end(chunk))),
    Effect.forkDetach({ startImmediately: true }),
    Effect.map((fiber) => run.track(fiber)),
    // The fiber is interruptible all the same. But an abort between its start and here would leave it without an owner.
    Effect.uninterruptible
  );
};

const isCrowded = ({ chunks, context }: Run) => chunks.parkedCount > context.engine.policy.settling.parked;

const hasRoom = ({ chunks, context }: Run) =>
  chunks.inFlightCount < context.engine.congestion.concurrency(context.concurrency);

/**
 * Sends a chunk as soon as there is room for it and no older version of its datums is under way. One that shares ids
 * with a request of unknown end is put aside, so that the others can go on.
 */
export const dispatch = (run: Run, chunk: Chunk): Effect.Effect<void, ClientError> =>
  Effect.gen(function* () {
    const { chunks, context } = run;
    for (;;) {
      const { change } = run;
      if (run.failure) return yield* Effect.fail(run.failure);
      const { isUnderWay, isParked, until } = chunks.blockersOf(chunk, context.engine.now());
      if (isParked && !isUnderWay) {
        chunks.putAside(chunk, until);
        if (isCrowded(run)) yield* settle(run);
        return;
      }
      // Those without an answer are chunks in memory, too: what is sent while nothing gets through only adds to them.
      if (isCrowded(run)) yield* settle(run);
      else if (!isUnderWay && hasRoom(run)) {
        yield* start(run, chunk);
        return;
      } else yield* change;
    }
  });

/** Waits until nothing is in flight. */
const untilIdle = (run: Run): Effect.Effect<void, ClientError> =>
  Effect.gen(function* () {
    for (let { change } = run; run.chunks.inFlightCount > 0; { change } = run) yield* change;
    if (run.failure) return yield* Effect.fail(run.failure);
  });

/**
 * Sends what was put aside, one chunk after another and each alone, after everything else and after the requests in
 * question are quiescent: so that exactly one copy of each datum stays.
 */
export const settle = (run: Run): Effect.Effect<void, ClientError> =>
  Effect.gen(function* () {
    yield* untilIdle(run);
    for (;;) {
      const chunk = run.chunks.nextParked;
      if (!chunk) return;
      yield* awaitQuiescence(run.context.engine, chunk.notBefore, chunk.unanswered);
      yield* start(run, chunk);
      yield* untilIdle(run);
    }
  }).pipe(span("settle"));

/** Drains the run: starts nothing new, gives what is in flight a grace period, then interrupts it. */
export const drain = (run: Run): Effect.Effect<void> =>
  Effect.gen(function* () {
    const { stopSignal, policy } = run.context.engine;
    stopSignal.request();
    const { fibers } = run;
    const ended = Effect.interruptible(Effect.asVoid(Fiber.awaitAll(fibers)));
    yield* Effect.raceFirst(ended, Effect.interruptible(Effect.sleep(policy.settling.grace)));
    yield* Fiber.interruptAll(fibers);
  });
