import type { ClientOptions, Progress, Receipt, Source, UploadOptions, UploadStopped } from "@tideway/core";
import { everyKind } from "@tideway/schemas";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Fiber from "effect/Fiber";
import * as Random from "effect/Random";
import { TestClock } from "effect/testing";
import { upload } from "../../src/operations/upload/upload.ts";

export const app = { name: "org.example.app", version: "1.0.0" };

const turn = Effect.promise(
  () =>
    new Promise<void>((resolve) => {
      setImmediate(resolve);
    })
);

/** Runs something in virtual time, as fast as it can go; fails where it does not end within a virtual day. */
export const virtually = <A, E>(effect: Effect.Effect<A, E>, step = 250): Promise<Exit.Exit<A, E>> =>
  Effect.gen(function* () {
    const fiber = yield* Effect.forkChild(Effect.exit(effect));
    for (let elapsed = 0; elapsed < 86_400_000; elapsed += step) {
      for (let turns = 0; turns < 4; turns++) yield* turn;
      const done = fiber.pollUnsafe();
      if (done) return yield* Fiber.join(fiber);
      yield* TestClock.adjust(step);
    }
    return yield* Effect.die(new Error("It does not end."));
  }).pipe(Effect.scoped, Effect.provide(TestClock.layer()), Random.withSeed("virtually"), Effect.runPromise);

/** What an upload in virtual time came to. */
export interface Uploaded {
  readonly receipt: Receipt;
  readonly events: ReadonlyArray<Progress>;
  /** Virtual milliseconds from start to end. */
  readonly took: number;
  readonly failure: UploadStopped | undefined;
}

/** What tests upload: sources, and what may be none. */
type Given = Source | Iterable<unknown> | AsyncIterable<unknown> | (() => Iterable<unknown> | AsyncIterable<unknown>);

/** Uploads in virtual time; a failure comes back beside the receipt so far. */
export const uploadVirtually = async (
  options: Omit<ClientOptions, "userId" | "app"> & Partial<Pick<ClientOptions, "userId" | "app">>,
  source: Given,
  uploadOptions: UploadOptions = {}
): Promise<Uploaded> => {
  const events: Array<Progress> = [];
  const onProgress = (event: Progress) => {
    events.push(event);
    uploadOptions.onProgress?.(event);
  };
  const effect = Effect.gen(function* () {
    const started = yield* Clock.currentTimeMillis;
    const result = yield* Effect.result(
      upload({ userId: "u", app, model: everyKind, ...options }, source as Source, { ...uploadOptions, onProgress })
    );
    return { result, took: (yield* Clock.currentTimeMillis) - started };
  });
  const exit = await virtually(effect);
  if (Exit.isFailure(exit)) throw new Error(String(exit.cause));
  const { result, took } = exit.value;
  return result._tag === "Success"
    ? { receipt: result.success, events, took, failure: undefined }
    : { receipt: result.failure.receipt, events, took, failure: result.failure };
};
