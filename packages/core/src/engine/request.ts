import * as Effect from "effect/Effect";
import * as Random from "effect/Random";
import { type ClientError, fromUnknown } from "../contract/errors/client-error.ts";
import { Unanswered } from "../contract/errors/transport-error.ts";
import { count, event, span } from "../telemetry/recorder.ts";
import type { Engine } from "./engine.ts";

/** One request of a transport: aborted when the signal fires. It may tell that its bytes move. */
export type Call<A> = (signal: AbortSignal, onProgress: () => void) => PromiseLike<A>;

/** What a request is called in waits and errors, and whether an answer that never came is worth another try at once. */
export interface RequestOptions {
  readonly name: string;
  /** Whether doing it twice does no harm. Default: false, and an unanswered request is the caller's to settle. */
  readonly repeatable?: boolean;
  /** Whether it is made again only where it surely had no effect; else every failure is the caller's. Default: false. */
  readonly cautious?: boolean;
  /**
   * Runs before each attempt, when its turn has come. The request follows at once: what takes its time before a request
   * would otherwise carry it into a pause that began meanwhile. Its failure is the request's.
   */
  readonly prepare?: Effect.Effect<void, ClientError>;
  /** Longest silence, in milliseconds; infinite: the transport's to say, as is how long it may take. Default: the policy's. */
  readonly deadline?: number;
}

/** Times per deadline at which it is checked whether any byte moved. Sleeps, not times: a clock may be set. */
const checks = 10;

const once = <A>({ policy }: Engine, name: string, call: Call<A>, deadline: number) =>
  Effect.suspend(() => {
    let hasMoved = false;
    const onProgress = () => {
      hasMoved = true;
    };
    const answer = Effect.tryPromise({ try: (signal) => call(signal, onProgress), catch: fromUnknown });
    const silence: Effect.Effect<never, ClientError> = Effect.gen(function* () {
      let took = 0;
      for (let silent = 0; silent < checks && took < policy.retry.longest; silent = hasMoved ? 0 : silent + 1) {
        hasMoved = false;
        yield* Effect.sleep(deadline / checks);
        took += deadline / checks;
      }
      const message = `No answer to ${name} within ${Math.round(took / 1000)} s; the server may still be working on it.`;
      return yield* Effect.fail(new Unanswered({ message }));
    });
    // Not `Effect.timeoutOrElse`, whose time does not begin anew when bytes move.
    return Effect.raceFirst(answer, silence);
  });

/** One attempt, as long as it holds its place: what it means for the others is told before that is free again. */
const attemptOf = <A>({ policy, server, retryBudget, now }: Engine, answer: Effect.Effect<A, ClientError>) =>
  Effect.gen(function* () {
    const { rateLimiter } = server;
    const result = yield* Effect.result(answer);
    if (result._tag === "Success") {
      rateLimiter.succeeded();
      retryBudget.succeeded();
      return { done: result.success };
    }
    const error = result.failure;
    const failure = policy.retry.classify(error);
    if (failure === "throttled") {
      const retryAfter = error._tag === "Throttled" ? error.retryAfter : undefined;
      return { error, failure, pause: rateLimiter.throttled(policy.pacing, now(), retryAfter, yield* Random.next) };
    }
    if (error._tag !== "Unreachable" && error._tag !== "Unanswered") rateLimiter.answered();
    return { error, failure, pause: 0 };
  });

/** A request with its deadline, its turn at the rate limiter, and its retries. */
export const request = <A>(
  engine: Engine,
  call: Call<A>,
  {
    name,
    repeatable = false,
    cautious = false,
    prepare = Effect.void,
    deadline = engine.policy.retry.deadline
  }: RequestOptions
): Effect.Effect<A, ClientError> =>
  Effect.gen(function* () {
    const { retryBudget } = engine;
    const { rateLimiter } = engine.server;
    let attempt = 0;
    let progress = retryBudget.progress;
    const onPause = (milliseconds: number) =>
      engine.onWait({ reason: "The server asked for a pause.", milliseconds, attempt });
    for (;;) {
      yield* count("requests", 1);
      const outcome = yield* rateLimiter.run(attemptOf(engine, once(engine, name, call, deadline)), {
        onPause,
        prepare
      });
      if ("done" in outcome) return outcome.done;
      const { error, failure, pause } = outcome;
      yield* event("requestFailed", { request: name, errorType: error._tag, attempt });
      if (failure === "throttled") {
        yield* count("throttles", 1);
        if (retryBudget.exceedsPatience(engine.now(), pause)) return yield* Effect.fail(error);
        continue;
      }
      if (failure === "permanent" || (failure === "unanswered" && !repeatable)) return yield* Effect.fail(error);
      if (cautious && error._tag !== "Unreachable") return yield* Effect.fail(error);
      if (progress !== retryBudget.progress) {
        progress = retryBudget.progress;
        attempt = 0;
      }
      attempt++;
      const wait = retryBudget.nextDelay(attempt, rateLimiter.contacted, engine.now(), yield* Random.next);
      if (wait === undefined) return yield* Effect.fail(error);
      engine.onWait({ reason: error.message, milliseconds: wait, attempt });
      yield* count("retries", 1);
      yield* engine.stopSignal.sleep(wait);
      if (engine.stopSignal.isRequested) return yield* Effect.fail(error);
    }
  }).pipe(span("request", { request: name }));
