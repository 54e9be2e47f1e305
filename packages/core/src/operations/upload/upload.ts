import * as Effect from "effect/Effect";
import type { ModelledOptions, UploadOptions } from "../../contract/client.ts";
import type { Source } from "../../contract/entry.ts";
import {
  type ClientError,
  SessionLost,
  SourceEmpty,
  type SourceFailed,
  UploadStopped,
  fromUnknown
} from "../../contract/errors/client-error.ts";
import type { Progress } from "../../contract/progress.ts";
import type { Receipt } from "../../contract/receipt.ts";
import type { Waiting } from "../../contract/waiting.ts";
import { type Engine, engineFor } from "../../engine/engine.ts";
import { prepareOptionsOf } from "../../prepare/prepare.ts";
import { canBeReadAgain, requireSource } from "../../source/pages.ts";
import { Reading } from "../../source/reading.ts";
import { sourceFailed } from "../../source/source-failed.ts";
import { count, event, span } from "../../telemetry/recorder.ts";
import { ensureSession, findSession } from "../session/ensure.ts";
import { attempt } from "./attempt.ts";
import { mayDelete, requireWindows } from "./mirror-windows.ts";
import { ReceiptBuilder } from "./receipt-builder.ts";
import { Reporter } from "./reporter.ts";
import { seekDatum } from "./seek-datum.ts";
import type { Tally } from "./tally.ts";

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

const lostTooOften = (sessionId: string, cause: ClientError) =>
  new SessionLost({
    message: `The session was closed or deleted under the upload ${mostLost} times, each time another one: another program does that. Find out which, then run it again.`,
    sessionId,
    cause
  });

const start = (source: Source): Effect.Effect<Reading, SourceFailed> =>
  Effect.try({ try: () => new Reading(source), catch: sourceFailed });

/** An event with what a progress bar needs of it, as far as the source knows that. */
const withPosition = (event: Progress, reading: Reading, tally: Tally): Progress => {
  if (event.type !== "chunk" && event.type !== "unchanged") return event;
  const { total } = reading;
  const fraction = reading.fractionDone(tally.settled(), event.counts.read);
  return {
    ...event,
    ...(total === undefined ? {} : { total }),
    ...(fraction === undefined ? {} : { fraction })
  };
};

/** A mirror of nothing would delete everything: that is an export that failed rather than what anybody wants. */
const refuseEmptyMirror = (engine: Engine, reading: Reading) =>
  Effect.gen(function* () {
    if (reading.unidentified || !(yield* findSession(engine))) return;
    return yield* Effect.fail(
      new SourceEmpty({
        message:
          "The source is empty, and a mirror of it would delete everything that was uploaded: nothing was deleted. If you mean that, remove the datums by their ids."
      })
    );
  });

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
  options: Omit<UploadOptions, "signal"> = {},
  given?: ReceiptBuilder
): Effect.Effect<Receipt, UploadStopped> => {
  const { onProgress = () => undefined, onRejected = () => undefined } = options;
  const { onWait = () => undefined, busyTimeout } = options;
  requireSource(source);
  for (const [name, least] of leastOf) {
    const given = options[name] ?? least;
    if (!(given >= least)) throw new RangeError(`${name} has to be a number of at least ${least}, not ${given}.`);
  }
  if (options.mirror && !client.ledger) {
    throw new TypeError("A mirror needs a ledger, to know what the source had before.");
  }
  if (Array.isArray(options.mirror)) requireWindows(options.mirror);
  return Effect.gen(function* () {
    const reportWait = (waiting: Waiting) => {
      onWait(waiting);
      onProgress({ type: "waiting", ...waiting });
    };
    const reportLedger: Engine["onLedger"] = (told) => onProgress({ type: "ledger", ...told });
    const engine: Engine = yield* engineFor(client, reportWait, busyTimeout, reportLedger);
    const receiptBuilder = given ?? new ReceiptBuilder(options.keepRejections);
    receiptBuilder.begin(engine.now);

    const program = Effect.gen(function* () {
      const lost = new Set<string>();
      let reading: Reading = yield* start(source);
      yield* Effect.addFinalizer(() => Effect.sync(() => reading.stop()));
      const emit = (event: Progress) => onProgress(withPosition(event, reading, receiptBuilder.tally));
      for (;;) {
        const reporter = new Reporter(receiptBuilder.tally, emit, onRejected);
        const isAnyLeft =
          reading.carried.length > 0 || (yield* seekDatum(reading, reporter, prepareOptionsOf(engine.client)));
        if (!isAnyLeft) {
          if (mayDelete(options.mirror)) yield* refuseEmptyMirror(engine, reading);
          break;
        }
        const ensured = yield* ensureSession(engine, lost);
        const { uploadId } = ensured.session;
        receiptBuilder.use(uploadId, ensured.opened);
        const outcome = yield* attempt(engine, ensured, reading, reporter, options);
        if (!outcome.lost) break;
        lost.add(uploadId);
        yield* event("sessionLost", { sessionId: uploadId, errorType: outcome.lost._tag });
        const { sent, unchanged } = receiptBuilder.tally.counts();
        if (lost.size >= mostLost) return yield* Effect.fail(lostTooOften(uploadId, outcome.lost));
        // As long as the lost session took nothing, all that was read is still in hand.
        if (sent + unchanged === 0) continue;
        if (!canBeReadAgain(source)) return yield* Effect.fail(unrepeatable(uploadId, outcome.lost));
        reading.stop();
        receiptBuilder.restart();
        reading = yield* start(source);
      }
      const wrong = receiptBuilder.tally.proof();
      if (wrong) return yield* Effect.fail(wrong);
    });

    const whole = Effect.gen(function* () {
      yield* Effect.scoped(program);
      const done = receiptBuilder.receipt();
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
        return Effect.fail(new UploadStopped({ message, cause, receipt: receiptBuilder.receipt() }));
      })
    );
  }).pipe(span("upload", { server: client.transport.server }));
};
