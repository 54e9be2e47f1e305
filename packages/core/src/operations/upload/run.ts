import * as Deferred from "effect/Deferred";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import type * as Fiber from "effect/Fiber";
import type { ClientError } from "../../contract/errors/client-error.ts";
import { removeElement } from "../../engine/remove-element.ts";
import type { ChunkLifecycle } from "./chunk-lifecycle.ts";
import type { RunContext } from "./run-context.ts";

/** One upload into one session as it goes on: its context, its chunks, the fibers that send them, and why it cannot go on. */
export class Run {
  readonly context: RunContext;
  readonly chunks: ChunkLifecycle;
  private error: ClientError | undefined;
  private readonly failed = Deferred.makeUnsafe<never, ClientError>();
  /**
   * What sends the chunks in flight. Not a FiberSet: chunks come and go all day, and a Set that is filled and emptied as often keeps
   * V8 from freeing what it held (see `removeElement`).
   */
  private readonly running: Array<Fiber.Fiber<unknown>> = [];

  constructor(context: RunContext, chunks: ChunkLifecycle) {
    this.context = context;
    this.chunks = chunks;
  }

  /** Why the run cannot go on; undefined as long as it can. */
  get failure(): ClientError | undefined {
    return this.error;
  }

  /** The fibers that send chunks now. */
  get fibers(): ReadonlyArray<Fiber.Fiber<unknown>> {
    return [...this.running];
  }

  /** Ends at the next thing that happens to a chunk, and fails when the run has failed: to be taken as `Notifier.change` is. */
  get change(): Effect.Effect<void, ClientError> {
    return Effect.flatMap(this.chunks.change, () => (this.error ? Effect.fail(this.error) : Effect.void));
  }

  /** A step outside the engine, given up as soon as the run cannot go on; what it comes to after that is nobody's. */
  untilFailure<A>(step: () => Promise<A>, errorOf: (cause: unknown) => ClientError): Effect.Effect<A, ClientError> {
    return Effect.suspend(() =>
      this.error
        ? Effect.fail(this.error)
        : Effect.raceFirst(Effect.tryPromise({ try: step, catch: errorOf }), Deferred.await(this.failed))
    );
  }

  /** Keeps a fiber among those that send, until it ends. */
  track(fiber: Fiber.Fiber<unknown>) {
    this.running.push(fiber);
    fiber.addObserver(() => removeElement(this.running, fiber));
  }

  /** The run cannot go on, for the first reason that is given. */
  fail(error: ClientError) {
    if (this.error) return;
    this.error = error;
    this.context.engine.stopSignal.request();
    Deferred.doneUnsafe(this.failed, Exit.fail(error));
    this.chunks.notify();
  }
}
