import * as Effect from "effect/Effect";
import * as Random from "effect/Random";
import type { ModelledOptions } from "../../contract/client.ts";
import type { ClientError, UploadStopped } from "../../contract/errors/client-error.ts";
import type { SyncMemory, SyncOptions, SyncProgress, SyncSource } from "../../contract/sync.ts";
import { syncPass } from "./sync-pass.ts";

/** Shortest wait after a pass that failed; it doubles each time. */
const firstDelay = 15_000;
/** Longest wait after a pass that failed, or what lies between two passes where that is longer. */
const longestDelay = 900_000;

const memoryOfThisRun = (): SyncMemory => {
  const known = new Map<string, SyncProgress>();
  return {
    get: (source) => known.get(source),
    set: (source, progress) => void (progress ? known.set(source, progress) : known.delete(source))
  };
};

const causesOf = function* (error: unknown): Generator<object> {
  for (let at = error; typeof at === "object" && at !== null; at = "cause" in at ? at.cause : undefined) yield at;
};

const isDenied = (error: unknown): boolean =>
  causesOf(error).some((cause) => "_tag" in cause && (cause._tag === "Unauthenticated" || cause._tag === "Forbidden"));

/** What a site asks for that wants to be left alone, in milliseconds. */
const askedPause = (error: unknown): number => {
  for (const cause of causesOf(error)) {
    if ("retryAfter" in cause && typeof cause.retryAfter === "number") return cause.retryAfter;
  }
  return 0;
};

/** Between a half and the whole of a wait that doubles with each failure: never at once, and never all together. */
const delayAfter = (failures: number, every: number, error: unknown, random: number): number => {
  const whole = Math.min(firstDelay * 2 ** (failures - 1), Math.max(longestDelay, every));
  return Math.max(askedPause(error), Math.round((whole * (1 + random)) / 2));
};

const keepInStep = (
  client: ModelledOptions,
  source: SyncSource,
  memory: SyncMemory,
  options: SyncOptions
): Effect.Effect<void, UploadStopped | ClientError> =>
  Effect.gen(function* () {
    const { every, onPass = () => undefined, isFinal = isDenied } = options;
    let failures = 0;
    for (;;) {
      const result = yield* Effect.result(syncPass(client, source, memory, options, failures > 0));
      const random = yield* Random.next;
      if (result._tag === "Success") {
        failures = 0;
        const next = every === undefined ? undefined : Math.round(every * (1 + random / 10));
        onPass({ ...result.success, next });
        if (next === undefined) return;
        yield* Effect.sleep(next);
        continue;
      }
      const error = result.failure;
      failures++;
      const next = every === undefined || isFinal(error) ? undefined : delayAfter(failures, every, error, random);
      onPass({ outcome: "failed", source: source.name, error, failures, next });
      if (next === undefined) return yield* Effect.fail(error);
      yield* Effect.sleep(next);
    }
  });

/**
 * Keeps a session in step with sources: one pass over each, or one after another for ever. What came late or was changed is found, because
 * each pass begins some days before the last one ended. A pass that fails is made again after a while, for the others to go on.
 *
 * An interruption ends it in good order: requests under way are waited for, and the next run goes on where this one was.
 */
export const synchronize = (
  client: ModelledOptions,
  sources: ReadonlyArray<SyncSource>,
  options: SyncOptions = {}
): Effect.Effect<void, UploadStopped | ClientError> => {
  if (options.mirror && sources.length !== 1) {
    throw new TypeError("A mirror takes one source: what another one gave would be taken for deleted.");
  }
  const names = new Set(sources.map(({ name }) => name));
  if (names.size !== sources.length) throw new TypeError("Two sources have one name.");
  const memory = options.memory ?? memoryOfThisRun();
  const one = (source: SyncSource) => keepInStep(client, source, memory, options);
  if (options.every !== undefined) return Effect.forEach(sources, one, { concurrency: "unbounded", discard: true });
  // One pass: the others are made even where one fails, and the first failure is told.
  return Effect.gen(function* () {
    const results = yield* Effect.forEach(sources, (source) => Effect.result(one(source)));
    for (const result of results) if (result._tag === "Failure") return yield* Effect.fail(result.failure);
  });
};
