import * as Effect from "effect/Effect";
import * as Random from "effect/Random";
import { type ClientError, fromUnknown } from "../client-error.ts";
import { Unanswered } from "../errors.ts";
import { count, event, span } from "../telling.ts";
import type { Engine } from "./engine.ts";

/** One request of a transport: aborted when the signal fires. */
export type Call<A> = (signal: AbortSignal) => PromiseLike<A>;

/** What a request is called in waits and errors, and whether an answer that never came is worth another try at once. */
export interface RequestOptions {
  readonly name: string;
  /** Whether doing it twice does no harm. Default: false, and an unanswered request is the caller's to settle. */
  readonly repeatable?: boolean;
  /** Whether it is made again only where it surely had no effect; else every failure is the caller's. Default: false. */
  readonly cautious?: boolean;
  /** Longest that it may take, in milliseconds. Default: the policy's. */
  readonly deadline?: number;
}

const once = <A>(name: string, call: Call<A>, deadline: number): Effect.Effect<A, ClientError> => {
  const answer = Effect.tryPromise({ try: (signal) => call(signal), catch: fromUnknown });
  const message = `No answer to ${name} within ${deadline / 1000} s; the server may still be at it.`;
  const silence = Effect.flatMap(Effect.sleep(deadline), () => Effect.fail(new Unanswered({ message })));
  // `Effect.timeoutOrElse` says it better, and brings what else times out into every web page: 0.3 kB compressed.
  return Effect.raceFirst(answer, silence);
};

/** A request with its deadline, its turn at the gate, and its retries. */
export const request = <A>(
  engine: Engine,
  call: Call<A>,
  { name, repeatable = false, cautious = false, deadline = engine.policy.retry.deadline }: RequestOptions
): Effect.Effect<A, ClientError> =>
  Effect.gen(function* () {
    const { policy, trouble } = engine;
    const { gate } = engine.server;
    let attempt = 0;
    let progress = trouble.progress;
    for (;;) {
      yield* count("requests", 1);
      const result = yield* Effect.result(
        gate.pass(once(name, call, deadline), (milliseconds) =>
          engine.onWait({ reason: "The server asked for a pause.", milliseconds, attempt })
        )
      );
      const now = engine.now();
      if (result._tag === "Success") {
        gate.succeeded();
        trouble.succeeded();
        return result.success;
      }
      const error = result.failure;
      const failure = policy.retry.classify(error);
      yield* event("requestFailed", { request: name, errorType: error._tag, attempt });
      if (failure === "throttled") {
        const retryAfter = error._tag === "Throttled" ? error.retryAfter : undefined;
        yield* count("throttles", 1);
        const pause = gate.throttled(policy.pacing, now, retryAfter, yield* Random.next);
        if (trouble.losesPatience(now, pause)) return yield* Effect.fail(error);
        continue;
      }
      if (error._tag !== "Unreachable" && error._tag !== "Unanswered") gate.answered();
      if (failure === "permanent" || (failure === "unanswered" && !repeatable)) return yield* Effect.fail(error);
      if (cautious && error._tag !== "Unreachable") return yield* Effect.fail(error);
      if (progress !== trouble.progress) {
        progress = trouble.progress;
        attempt = 0;
      }
      attempt++;
      const wait = trouble.next(attempt, gate.contacted, now, yield* Random.next);
      if (wait === undefined) return yield* Effect.fail(error);
      engine.onWait({ reason: error.message, milliseconds: wait, attempt });
      yield* count("retries", 1);
      yield* engine.halt.sleep(wait);
      if (engine.halt.isOn) return yield* Effect.fail(error);
    }
  }).pipe(span("request", { request: name }));
