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
import { saveSamples, spotCheck } from "../spot-check/spot-check.ts";
import { admit, admitItem } from "./admit.ts";
import { dispatch, drain, settle } from "./dispatch.ts";
import { removeUnseen } from "./mirror.ts";
import type { Reporter } from "./reporter.ts";
import { Run } from "./run.ts";

const openRun = (engine: Engine, session: DataSet, reading: Reading, reporter: Reporter, options: UploadOptions) =>
  Effect.gen(function* () {
    const ledger = yield* openLedger(engine, session.uploadId);
    const run = new Run(engine, session, ledger, reading, reporter, options);
    reporter.tally.inDoubt = 0;
    const close = Effect.sync(() => {
      reporter.tally.inDoubt = run.inDoubt;
    });
    yield* Effect.addFinalizer(() => Effect.andThen(drain(run), close));
    if (!ledger) return run;
    for (const { originIds, quiescentAt } of yield* takeOverUnfinished(engine, ledger))
      run.chunker.reserve(originIds, quiescentAt);
    if (options.resend) yield* invalidateAll(ledger);
    else if (!options.trustLedger) run.suspectParts = yield* spotCheck(engine, session.uploadId, ledger);
    return run;
  });

const next = (run: Run, reading: Reading) => run.untilFailure(() => reading.next(), sourceFailed);

const dispatchReady = (run: Run) =>
  Effect.gen(function* () {
    while (run.ready.length > 0) {
      // Listed until it is dispatched: what is pending when the session is lost must include it.
      yield* dispatch(run, run.ready[0]!);
      run.ready.shift();
    }
  });

/** Everything from the source into one session. */
const into = (run: Run, reading: Reading, options: PrepareOptions): Effect.Effect<void, ClientError> =>
  Effect.gen(function* () {
    // What this session's ledger knows of them was not asked: it must forget them before they are sent.
    for (const item of reading.carried) admitItem(run, { ...item, outdates: idsOf(item) }, nothingKnown);
    reading.carried = [];
    yield* dispatchReady(run);
    for (;;) {
      const { done, value } = yield* next(run, reading);
      if (done) break;
      yield* admit(run, value, reading.take(value), options);
      yield* dispatchReady(run);
    }
    const last = run.chunker.cut();
    if (last) run.ready.push(last);
    yield* dispatchReady(run);
    yield* settle(run);
    yield* removeUnseen(run);
    if (run.ledger) yield* saveSamples(run.engine, run.ledger, run.sampler, run.suspectParts);
    yield* stillThere(run);
  });

/** A deleted session goes on taking data, unseen: whether it is still listed has to be asked. */
const stillThere = ({ engine, session }: Run) =>
  Effect.gen(function* () {
    const listed = yield* listSessions(engine);
    const { name } = engine.client.client;
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
    const run = yield* openRun(engine, session, reading, reporter, options);
    reporter.emit({ type: "session", sessionId: session.uploadId, opened });
    const result = yield* Effect.result(into(run, reading, prepareOptionsOf(engine.client)));
    if (result._tag === "Success") return {};
    if (!isLoss(result.failure)) return yield* Effect.fail(result.failure);
    yield* drain(run);
    reading.carried = run.pendingItems();
    return { lost: result.failure };
  }).pipe(Effect.scoped);
