import * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import { type ClientError, fromUnknown } from "../../contract/errors/client-error.ts";
import { takeOut } from "../../engine/take-out.ts";
import { untilDead } from "../../engine/until-dead.ts";
import { span } from "../../telemetry/telling.ts";
import type { Chunk } from "./chunk.ts";
import { fly } from "./flight.ts";
import type { Run } from "./run.ts";

/** Starts a chunk on its way. What becomes of it is told through the run. */
const launch = (run: Run, chunk: Chunk): Effect.Effect<void> => {
  chunk.state = "flying";
  chunk.after.clear();
  run.flying.push(chunk);
  return fly(run, chunk).pipe(
    Effect.matchCause({
      onSuccess: () => undefined,
      onFailure: (cause) => {
        if (!Cause.hasInterruptsOnly(cause)) run.break(fromUnknown(Cause.squash(cause)));
      }
    }),
    Effect.ensuring(
      Effect.sync(() => {
        takeOut(run.flying, chunk);
        // Here, and not where it failed: an interruption passes that by.
        if (chunk.state === "flying") run.stranded.push(chunk);
        const isToBeSent = chunk.state === "parked" && chunk.items.length > 0;
        if (isToBeSent && !run.parked.includes(chunk)) run.parked.push(chunk);
        run.notify();
      })
    ),
    Effect.forkDetach({ startImmediately: true }),
    Effect.map((fiber) => {
      run.fibers.push(fiber);
      fiber.addObserver(() => takeOut(run.fibers, fiber));
    }),
    // The fiber is interruptible all the same. But an abort between its start and here would leave it alone in the world.
    Effect.uninterruptible
  );
};

const blockers = (run: Run, chunk: Chunk) => {
  const now = run.engine.now();
  let isParked = false;
  let isFlying = false;
  for (const other of chunk.after) {
    // Reserved for a request of an earlier run, or for a deletion: nobody will tell of its end.
    if (other.state === "parked" && other.items.length === 0 && other.notBefore <= now) continue;
    if (other.state === "parked") {
      isParked = true;
      chunk.notBefore = Math.max(chunk.notBefore, other.notBefore);
    } else if (other.state !== "done") isFlying = true;
  }
  return { isParked, isFlying };
};

const isCrowded = ({ parked, engine }: Run) => parked.length > engine.policy.settling.parked;

/**
 * Sends a chunk as soon as there is room for it and no older version of its datums is under way. One that shares ids
 * with a request of unknown end is put aside, so that the others can go on.
 */
export const dispatch = (run: Run, chunk: Chunk): Effect.Effect<void, ClientError> =>
  Effect.gen(function* () {
    for (;;) {
      const { rings } = run;
      if (run.failure) return yield* Effect.fail(run.failure);
      const { isParked, isFlying } = blockers(run, chunk);
      if (isParked && !isFlying) {
        chunk.state = "parked";
        chunk.after.clear();
        run.parked.push(chunk);
        if (isCrowded(run)) yield* settle(run);
        return;
      }
      // Those without an answer are chunks in memory, too: what is sent while nothing gets through only adds to them.
      if (isCrowded(run)) yield* settle(run);
      else if (!isFlying && run.flying.length < run.engine.limiter.concurrency(run.concurrency)) {
        yield* launch(run, chunk);
        return;
      } else yield* run.change(rings);
    }
  });

/** Waits until nothing is in flight. */
const landed = (run: Run): Effect.Effect<void, ClientError> =>
  Effect.gen(function* () {
    for (let { rings } = run; run.flying.length > 0; { rings } = run) yield* run.change(rings);
    if (run.failure) return yield* Effect.fail(run.failure);
  });

/**
 * Sends what was put aside, one chunk after another and each alone, after everything else and after the requests in
 * question are dead: so that exactly one copy of each datum stays.
 */
export const settle = (run: Run): Effect.Effect<void, ClientError> =>
  Effect.gen(function* () {
    yield* landed(run);
    for (;;) {
      const chunk = run.parked[0];
      if (!chunk) return;
      yield* untilDead(run.engine, chunk.notBefore, chunk.unanswered);
      yield* launch(run, chunk);
      yield* landed(run);
      // What went unanswered again stays first.
      if (chunk.items.length === 0) run.parked.shift();
    }
  }).pipe(span("settle"));

/** Lets what is in flight end, for a moment; then cuts it off. Nothing new is started. */
export const land = (run: Run): Effect.Effect<void> =>
  Effect.gen(function* () {
    run.engine.halt.set();
    const fibers = [...run.fibers];
    const ended = Effect.interruptible(Effect.asVoid(Fiber.awaitAll(fibers)));
    yield* Effect.raceFirst(ended, Effect.interruptible(Effect.sleep(run.engine.policy.settling.grace)));
    yield* Fiber.interruptAll(fibers);
  });
