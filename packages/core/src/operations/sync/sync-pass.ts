import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import type { ModelledOptions } from "../../contract/client.ts";
import type { ClientError, UploadStopped } from "../../contract/errors/client-error.ts";
import type { Receipt } from "../../contract/receipt.ts";
import type { SyncMemory, SyncOptions, SyncPass, SyncProgress, SyncReading, SyncSource } from "../../contract/sync.ts";
import { engineFor } from "../../engine/engine.ts";
import { prepareOptionsOf } from "../../prepare/prepare.ts";
import { sourceFailed } from "../../source/source-failed.ts";
import { remove } from "../remove/remove.ts";
import { upload } from "../upload/upload.ts";
import { extentOf } from "./extent.ts";
import { findGone } from "./find-gone.ts";
import { type Seen, tracked } from "./tracked.ts";

/** A pass that went to its end, before it is known when the next one is. */
export type PassDone = Omit<Extract<SyncPass, { readonly outcome: "done" }>, "next">;

const called = <A>(call: () => A | Promise<A>) => Effect.tryPromise({ try: async () => call(), catch: sourceFailed });

/** Deletes what the source no longer has, and says how much that was. */
const removeGone = (
  client: ModelledOptions,
  sessionId: string,
  reading: SyncReading,
  { ids, unrecognised }: Seen,
  { mirror = false }: SyncOptions
): Effect.Effect<number, ClientError> =>
  Effect.gen(function* () {
    const engine = yield* engineFor(client);
    const spans = reading.held?.() ?? [];
    const gone = new Set<string>();
    for (const span of spans) {
      if (!span.derived && (!mirror || unrecognised > 0)) continue;
      for (const id of yield* findGone(engine, sessionId, span, ids)) gone.add(id);
    }
    // What it says itself may be long past, and in the session or not: that is not counted.
    const told = mirror ? [...(reading.deleted?.() ?? [])].filter((id) => !ids.has(id) && !gone.has(id)) : [];
    if (gone.size + told.length > 0) yield* remove(engine, [...gone, ...told]);
    return gone.size;
  });

/** What is known after a pass of how far the source was read; undefined where the session may lack older parts. */
const progressAfter = (
  known: SyncProgress | undefined,
  { sessionId }: Receipt,
  isBelieved: boolean,
  { name }: ReturnType<typeof extentOf>,
  now: number
): SyncProgress | undefined => {
  const isWhole = name === "all";
  const isSame = sessionId === "" || known?.sessionId === sessionId;
  if (!isWhole && (!isSame || !isBelieved)) return undefined;
  const deepAt = isWhole || name === "deep" ? now : (known?.deepAt ?? now);
  return { sessionId: sessionId === "" ? (known?.sessionId ?? "") : sessionId, readTo: now, deepAt };
};

/** Reads what is new, late or changed in a source into the session, and deletes what is gone from it. */
export const syncPass = (
  client: ModelledOptions,
  source: SyncSource,
  memory: SyncMemory,
  options: SyncOptions,
  failedBefore: boolean
): Effect.Effect<PassDone, UploadStopped | ClientError> =>
  Effect.gen(function* () {
    const end = new AbortController();
    yield* Effect.addFinalizer(() => Effect.sync(() => end.abort(new Error("The pass is over."))));
    const known = yield* called(() => memory.get(source.name));
    const now = yield* Clock.currentTimeMillis;
    const extent = extentOf(known, now, options);
    const thorough = failedBefore || extent.name !== "recent";
    const request = { from: extent.from, now, thorough, signal: end.signal };
    const reading = yield* called(() => source.open(request));
    const nothing = { outcome: "done", source: source.name, receipt: undefined, removed: 0, unrecognised: 0 } as const;
    if (reading === undefined) return { ...nothing, extent: "nothing" as const };
    const seen: Seen = { ids: new Set(), unrecognised: 0 };
    // Whether the ledger was believed: else older parts have to be sent again, too.
    let isBelieved = true;
    const receipt = yield* upload(client, () => tracked(reading, seen, prepareOptionsOf(client)), {
      keepRejections: 20,
      onProgress: ({ type }) => {
        if (type === "ledger") isBelieved = false;
      }
    });
    const sessionId = receipt.sessionId || (known?.sessionId ?? "");
    const removed = sessionId === "" ? 0 : yield* removeGone(client, sessionId, reading, seen, options);
    yield* called(() => memory.set(source.name, progressAfter(known, receipt, isBelieved, extent, now)));
    const { unrecognised } = seen;
    return { ...nothing, extent: extent.name, receipt, removed, unrecognised };
  }).pipe(Effect.scoped);
