import type { DataSet } from "@tideway/schemas";
import * as Effect from "effect/Effect";
import { type ClientError, SessionLost, type SourceFailed, UploadStopped, fromUnknown } from "../client-error.ts";
import type { ModelledOptions, UploadOptions } from "../client.ts";
import { distrustAll } from "../distrust.ts";
import { takeOver } from "../doubts.ts";
import { type Engine, engineFor } from "../engine/engine.ts";
import type { Entry, Source } from "../entry.ts";
import { openLedger } from "../open-ledger.ts";
import type { Receipt } from "../receipt.ts";
import { isUsable } from "../session/candidates.ts";
import { type Ensured, ensureSession } from "../session/ensure.ts";
import { listSessions } from "../session/list.ts";
import { count, event, span } from "../telling.ts";
import type { Waiting } from "../waiting.ts";
import { admit, admitItem } from "./admit.ts";
import { dispatch, land, settle } from "./dispatch.ts";
import { type Item, idsOf } from "./item.ts";
import { nothingKnown } from "./known.ts";
import { removeUnseen } from "./mirror.ts";
import { canBeReadAgain, pagesOf, sourceFailed } from "./pages.ts";
import { prepareOptionsOf } from "./prepare.ts";
import type { PrepareOptions } from "./prepared.ts";
import { type Reporter, Run } from "./run.ts";
import { Tally } from "./tally.ts";

/** The source as it is being read, through as many sessions as it takes. */
interface Reading {
  readonly iterator: AsyncIterator<ReadonlyArray<Entry>>;
  /** A page asked for and not taken in yet: a lost session must not lose it. */
  coming: Promise<IteratorResult<ReadonlyArray<Entry>>> | undefined;
  position: number;
  /** Datums that were read for a session that was lost before it took anything. */
  carried: ReadonlyArray<Item>;
}

const openRun = (engine: Engine, session: DataSet, reporter: Reporter, options: UploadOptions) =>
  Effect.gen(function* () {
    const ledger = yield* openLedger(engine, session.uploadId);
    const run = new Run(engine, session, ledger, reporter, options);
    yield* Effect.addFinalizer(() => land(run));
    if (!ledger) return run;
    for (const { originIds, deadAt } of yield* takeOver(engine, ledger)) run.chunker.reserve(originIds, deadAt);
    if (options.resend) yield* distrustAll(ledger);
    return run;
  });

const next = (run: Run, reading: Reading) =>
  run.unlessBroken(async () => (reading.coming ??= reading.iterator.next()), sourceFailed);

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
      reading.coming = undefined;
      const first = reading.position;
      reading.position += value.length;
      yield* admit(run, value, first, options);
      yield* dispatchReady(run);
    }
    const last = run.chunker.cut();
    if (last) run.ready.push(last);
    yield* dispatchReady(run);
    yield* settle(run);
    yield* removeUnseen(run);
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

/** More than this many sessions lost in one upload is no accident. */
const mostLost = 5;

/** What cannot be sent again is not given up in silence. */
const unrepeatable = (sessionId: string, cause: ClientError) =>
  new SessionLost({
    message:
      "The session was closed or deleted, and this source cannot be read twice: start again, and all of it goes to the next session.",
    sessionId,
    cause
  });

const start = (source: Source): Effect.Effect<Reading, SourceFailed> =>
  Effect.tryPromise({
    try: async () => ({
      iterator: pagesOf(source)[Symbol.asyncIterator](),
      coming: undefined,
      position: 0,
      carried: []
    }),
    catch: sourceFailed
  });

/** Not awaited: a source that hangs must not keep an upload that has ended from ending. */
const stopReading = ({ iterator }: Reading) =>
  Effect.sync(() => {
    void iterator.return?.().then(undefined, () => undefined);
  });

const attempt = (
  engine: Engine,
  ensured: Ensured,
  reading: Reading,
  reporter: Reporter,
  options: UploadOptions
): Effect.Effect<{ readonly lost?: ClientError }, ClientError> =>
  Effect.gen(function* () {
    const { session, opened } = ensured;
    const run = yield* openRun(engine, session, reporter, options);
    reporter.emit({ type: "session", sessionId: session.uploadId, opened });
    const result = yield* Effect.result(into(run, reading, prepareOptionsOf(engine.client)));
    if (result._tag === "Success") return {};
    if (!isLoss(result.failure)) return yield* Effect.fail(result.failure);
    yield* land(run);
    reading.carried = run.pendingItems();
    return { lost: result.failure };
  }).pipe(Effect.scoped);

/** The least that the numbers among the options may be. */
const leastOf = [
  ["chunkSize", 1],
  ["concurrency", 1],
  ["keepRejections", 0],
  ["busyTimeout", 0]
] as const;

/**
 * The way of every datum of a source into the session: checked, identified, compared with the ledger, put into chunks,
 * sent, acknowledged, counted.
 */
export const upload = (
  client: ModelledOptions,
  source: Source,
  options: Omit<UploadOptions, "signal"> = {}
): Effect.Effect<Receipt, UploadStopped> => {
  const { onProgress = () => undefined, onRejected = () => undefined, keepRejections = 1000 } = options;
  const { onWait = () => undefined, busyTimeout } = options;
  for (const [name, least] of leastOf) {
    const given = options[name] ?? least;
    if (!(given >= least)) throw new RangeError(`${name} has to be a number of at least ${least}, not ${given}.`);
  }
  if (options.mirror && !client.ledger) {
    throw new TypeError("A mirror needs a ledger, to know what the source had before.");
  }
  return Effect.gen(function* () {
    const tellWait = (waiting: Waiting) => {
      onWait(waiting);
      onProgress({ type: "waiting", ...waiting });
    };
    const engine: Engine = yield* engineFor(client, tellWait, busyTimeout);
    const started = engine.now();
    let tally = new Tally(keepRejections);
    let session = { sessionId: "", sessionOpened: false };
    const receipt = () => tally.receipt({ ...session, elapsed: engine.now() - started });

    const program = Effect.gen(function* () {
      const lost = new Set<string>();
      let reading: Reading = yield* start(source);
      yield* Effect.addFinalizer(() => stopReading(reading));
      for (;;) {
        const ensured: Ensured = yield* ensureSession(engine, lost);
        session = { sessionId: ensured.session.uploadId, sessionOpened: ensured.opened || session.sessionOpened };
        const reporter = { tally, emit: onProgress, onRejected };
        const outcome = yield* attempt(engine, ensured, reading, reporter, options);
        if (!outcome.lost) break;
        lost.add(ensured.session.uploadId);
        yield* event("sessionLost", {
          sessionId: ensured.session.uploadId,
          errorType: outcome.lost._tag
        });
        const { sent, unchanged } = tally.counts();
        if (lost.size >= mostLost) return yield* Effect.fail(unrepeatable(ensured.session.uploadId, outcome.lost));
        // As long as the lost session took nothing, all that was read is still in hand.
        if (sent + unchanged === 0) continue;
        if (!canBeReadAgain(source)) return yield* Effect.fail(unrepeatable(ensured.session.uploadId, outcome.lost));
        yield* stopReading(reading);
        tally = new Tally(keepRejections);
        reading = yield* start(source);
      }
      const wrong = tally.proof();
      if (wrong) return yield* Effect.fail(wrong);
    });

    const whole = Effect.gen(function* () {
      yield* Effect.scoped(program);
      const done = receipt();
      for (const outcome of ["unchanged", "rejected", "skipped"] as const) {
        yield* count("datums", done[outcome], { outcome });
      }
      onProgress({ type: "done", receipt: done });
      return done;
    });
    return yield* whole.pipe(
      // A callback that throws ends the upload like any other failure.
      Effect.catchDefect((thrown) => Effect.fail(fromUnknown(thrown))),
      Effect.catch((cause: ClientError) => {
        const message = `The upload stopped. ${cause.message}`;
        return Effect.fail(new UploadStopped({ message, cause, receipt: receipt() }));
      })
    );
  }).pipe(span("upload", { server: client.transport.server }));
};
