import * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import { type ClientError, fromUnknown } from "../../contract/errors/client-error.ts";
import { awaitQuiescence } from "../../engine/await-quiescence.ts";
import { removeElement } from "../../engine/remove-element.ts";
import { span } from "../../telemetry/recorder.ts";
import type { Chunk } from "./chunk.ts";
import type { Run } from "./run.ts";
import { sendChunk } from "./send-chunk.ts";

/** Starts sending a chunk in a fiber of its own, which reports to the run. */
const start = (run: Run, chunk: Chunk): Effect.Effect<void> => {
  chunk.state = "in-flight";
  chunk.after.clear();
  run.inFlight.push(chunk);
  return sendChunk(run, chunk).pipe(
    Effect.matchCause({
      onSuccess: () => undefined,
      onFailure: (cause) => {
        if (!Cause.hasInterruptsOnly(cause)) run.fail(fromUnknown(Cause.squash(cause)));
      }
    }),
    Effect.ensuring(
      Effect.sync(() => {
        removeElement(run.inFlight, chunk);
        // Here, and not where it failed: an interruption passes that by.
        if (chunk.state === "in-flight") run.abandoned.push(chunk);
        const isToBeSent = chunk.state === "parked" && chunk.items.length > 0;
        if (isToBeSent && !run.parked.includes(chunk)) run.parked.push(chunk);
        run.notify();
      })
    ),
    Effect.forkDetach({ startImmediately: true }),
    Effect.map((fiber) => {
      run.fibers.push(fiber);
      fiber.addObserver(() => removeElement(run.fibers, fiber));
    }),
    // The fiber is interruptible all the same. But an abort between its start and here would leave it without an owner.
    Effect.uninterruptible
  );
};

const blockers = (run: Run, chunk: Chunk) => {
  const now = run.engine.now();
  let isParked = false;
  let isInFlight = false;
  for (const other of chunk.after) {
    // A reservation for a request of an earlier run, or for a deletion: nothing reports its end.
    if (other.state === "parked" && other.items.length === 0 && other.notBefore <= now) continue;
    if (other.state === "parked") {
      isParked = true;
      chunk.notBefore = Math.max(chunk.notBefore, other.notBefore);
    } else if (other.state !== "done") isInFlight = true;
  }
  return { isParked, isInFlight };
};

const isCrowded = ({ parked, engine }: Run) => parked.length > engine.policy.settling.parked;

/**
 * Sends a chunk as soon as there is room for it and no older version of its datums is under way. One that shares ids
 * with a request of unknown end is put aside, so that the others can go on.
 */
export const dispatch = (run: Run, chunk: Chunk): Effect.Effect<void, ClientError> =>
  Effect.gen(function* () {
    for (;;) {
      const { change } = run;
      if (run.failure) return yield* Effect.fail(run.failure);
      const { isParked, isInFlight } = blockers(run, chunk);
      if (isParked && !isInFlight) {
        chunk.state = "parked";
        chunk.after.clear();
        run.parked.push(chunk);
        if (isCrowded(run)) yield* settle(run);
        return;
      }
      // Those without an answer are chunks in memory, too: what is sent while nothing gets through only adds to them.
      if (isCrowded(run)) yield* settle(run);
      else if (!isInFlight && run.inFlight.length < run.engine.congestion.concurrency(run.concurrency)) {
        yield* start(run, chunk);
        return;
      } else yield* change;
    }
  });

/** Waits until nothing is in flight. */
const untilIdle = (run: Run): Effect.Effect<void, ClientError> =>
  Effect.gen(function* () {
    for (let { change } = run; run.inFlight.length > 0; { change } = run) yield* change;
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
      const chunk = run.parked[0];
      if (!chunk) return;
      yield* awaitQuiescence(run.engine, chunk.notBefore, chunk.unanswered);
      yield* start(run, chunk);
      yield* untilIdle(run);
      // What went unanswered again stays first.
      if (chunk.items.length === 0) run.parked.shift();
    }
  }).pipe(span("settle"));

/** Drains the run: starts nothing new, gives what is in flight a grace period, then interrupts it. */
export const drain = (run: Run): Effect.Effect<void> =>
  Effect.gen(function* () {
    run.engine.stopSignal.request();
    const fibers = [...run.fibers];
    const ended = Effect.interruptible(Effect.asVoid(Fiber.awaitAll(fibers)));
    yield* Effect.raceFirst(ended, Effect.interruptible(Effect.sleep(run.engine.policy.settling.grace)));
    yield* Fiber.interruptAll(fibers);
  });
