import type { DataSet } from "@tideway/schemas";
import * as Effect from "effect/Effect";
import type { UploadOptions } from "../../contract/client.ts";
import { type ClientError, SessionLost } from "../../contract/errors/client-error.ts";
import { idsOf } from "../../contract/item.ts";
import type { Engine } from "../../engine/engine.ts";
import { invalidateAll } from "../../ledger/invalidate.ts";
import { nothingKnown } from "../../ledger/known.ts";
import { openLedger } from "../../ledger/open-ledger.ts";
import { prepareOptionsOf } from "../../prepare/prepare.ts";
import type { PrepareOptions } from "../../prepare/prepared.ts";
import type { Reading } from "../../source/reading.ts";
import { sourceFailed } from "../../source/source-failed.ts";
import { takeOverUnfinished } from "../remove/take-over-unfinished.ts";
import { isUsable } from "../session/candidates.ts";
import type { Ensured } from "../session/ensure.ts";
import { listSessions } from "../session/list.ts";
import { type Part, saveSamples, spotCheck } from "../spot-check/spot-check.ts";
import { Admission, admitItem } from "./admit.ts";
import { ChunkLifecycle } from "./chunk-lifecycle.ts";
import { dispatch, drain, settle } from "./dispatch.ts";
import { removeUnseen } from "./mirror.ts";
import type { Reporter } from "./reporter.ts";
import { type RunContext, runContextOf } from "./run-context.ts";
import { Run } from "./run.ts";

const openRun = (engine: Engine, session: DataSet, reading: Reading, reporter: Reporter, options: UploadOptions) =>
  Effect.gen(function* () {
    const ledger = yield* openLedger(engine, session.uploadId);
    const { chunking } = engine.policy;
    const datums = Math.min(Math.max(Math.trunc(options.chunkSize ?? chunking.datums), 1), 1000);
    const context = runContextOf(engine, session, ledger, reading, reporter, options);
    const chunks = new ChunkLifecycle({ ...chunking, datums });
    const run = new Run(context, chunks);
    reporter.tally.inDoubt = 0;
    const close = Effect.sync(() => {
      reporter.tally.inDoubt = chunks.inDoubt;
    });
    yield* Effect.addFinalizer(() => Effect.andThen(drain(run), close));
    if (!ledger) return { run, suspectParts: [] };
    for (const { originIds, quiescentAt } of yield* takeOverUnfinished(engine, ledger))
      chunks.reserve(originIds, quiescentAt);
    if (options.resend) yield* invalidateAll(ledger);
    const isChecked = !options.resend && !options.trustLedger;
    return { run, suspectParts: isChecked ? yield* spotCheck(engine, session.uploadId, ledger) : [] };
  });

const next = (run: Run, reading: Reading) => run.untilFailure(() => reading.next(), sourceFailed);

const dispatchReady = (run: Run) =>
  Effect.gen(function* () {
    for (let chunk = run.chunks.nextReady; chunk; chunk = run.chunks.nextReady) yield* dispatch(run, chunk);
  });

/** Everything from the source into one session. */
const into = (run: Run, options: PrepareOptions, suspectParts: ReadonlyArray<Part>): Effect.Effect<void, ClientError> =>
  Effect.gen(function* () {
    const { context, chunks } = run;
    const { reading, ledger, sampler, engine } = context;
    const admission = new Admission(context, chunks, options);
    // What this session's ledger knows of them was not asked: it must forget them before they are sent.
    for (const item of reading.carried) admitItem(context, chunks, { ...item, outdates: idsOf(item) }, nothingKnown);
    reading.carried = [];
    yield* dispatchReady(run);
    for (;;) {
      const { done, value } = yield* next(run, reading);
      if (done) break;
      yield* admission.admit(value, reading.take(value));
      context.reporter.reportUnchanged();
      yield* dispatchReady(run);
    }
    chunks.cut();
    yield* dispatchReady(run);
    yield* settle(run);
    yield* removeUnseen(context, chunks);
    if (ledger) yield* saveSamples(engine, ledger, sampler, suspectParts);
    yield* stillThere(context);
  });

/** A deleted session goes on taking data, unseen: whether it is still listed has to be asked. */
const stillThere = ({ engine, session }: RunContext) =>
  Effect.gen(function* () {
    const listed = yield* listSessions(engine);
    const { name } = engine.client.app;
    if (listed.some((dataSet) => dataSet.uploadId === session.uploadId && isUsable(dataSet, name))) return;
    return yield* Effect.fail(
      new SessionLost({ message: "The session was deleted during the upload.", sessionId: session.uploadId })
    );
  });

const isLoss = ({ _tag }: ClientError) => _tag === "SessionClosed" || _tag === "NotFound" || _tag === "SessionLost";

/**
 * Puts what is left of a source into a session. Where that is lost half-way, `lost` says why, and what was read for it and is not in it
 * waits in the reading.
 */
export const attempt = (
  engine: Engine,
  ensured: Ensured,
  reading: Reading,
  reporter: Reporter,
  options: UploadOptions
): Effect.Effect<{ readonly lost?: ClientError }, ClientError> =>
  Effect.gen(function* () {
    const { session, opened } = ensured;
    const { run, suspectParts } = yield* openRun(engine, session, reading, reporter, options);
    reporter.emit({ type: "session", sessionId: session.uploadId, opened });
    const result = yield* Effect.result(into(run, prepareOptionsOf(engine.client), suspectParts));
    if (result._tag === "Success") return {};
    if (!isLoss(result.failure)) return yield* Effect.fail(result.failure);
    yield* drain(run);
    reading.carried = run.chunks.pendingItems();
    return { lost: result.failure };
  }).pipe(Effect.scoped);
