import type { DatumModel } from "@tideway/schemas";
import * as Effect from "effect/Effect";
import type {
  Client,
  ClientOptions,
  ModelledOptions,
  OperationOptions,
  Upload,
  UploadOptions
} from "../contract/client.ts";
import type { Source } from "../contract/entry.ts";
import type { ClientError } from "../contract/errors/client-error.ts";
import type { Progress } from "../contract/progress.ts";
import type { Receipt } from "../contract/receipt.ts";
import { engineFor } from "../engine/engine.ts";
import type { Engine } from "../engine/engine.ts";
import { findOverlaps } from "../operations/overlap/find-overlaps.ts";
import { isRecordSummary } from "../operations/overlap/is-record-summary.ts";
import { remove } from "../operations/remove/remove.ts";
import { ensureSession, findSession } from "../operations/session/ensure.ts";
import { listSessions } from "../operations/session/list.ts";
import { ReceiptBuilder } from "../operations/upload/receipt-builder.ts";
import { upload } from "../operations/upload/upload.ts";
import { verify } from "../operations/verify/verify.ts";
import { retryOf } from "../policy/retry-presets.ts";
import { Reading } from "../source/reading.ts";
import { ProgressFeed } from "./progress-feed.ts";
import { toPromise } from "./to-promise.ts";
import { uploadAborted } from "./upload-aborted.ts";

/** The pipeline of an upload. Options that make no sense are refused; the source, which may be about to fail, is let go of then. */
const pipelineOf = (...given: Parameters<typeof upload>): ReturnType<typeof upload> => {
  try {
    return upload(...given);
  } catch (thrown) {
    Reading.dismiss(given[1]);
    throw thrown;
  }
};

const begin = (client: ModelledOptions, source: Source, options: UploadOptions): Upload => {
  if (options.signal?.aborted) Reading.dismiss(source);
  const receiptBuilder = new ReceiptBuilder(options.keepRejections);
  const feed = new ProgressFeed();
  const { onProgress } = options;
  const report = (event: Progress) => {
    onProgress?.(event);
    feed.push(event);
  };
  const outcome: Promise<Receipt> = toPromise(
    pipelineOf(client, source, { ...options, onProgress: report }, receiptBuilder),
    options.signal,
    (reason) => uploadAborted(reason, receiptBuilder.receipt())
  ).finally(() => feed.end());
  const read = () => {
    // Who iterates hears of a failure at the end of the events: until then it is not nobody's.
    outcome.catch(() => undefined);
    return feed.read(outcome);
  };
  return Object.assign(outcome, { [Symbol.asyncIterator]: read });
};

/**
 * `createClient` for some kinds of datum only: `createClientOf(modelOf([cbg]), options)`. For programs that must stay small:
 * the other kinds are not bundled, and a datum of one of them is rejected.
 */
export const createClientOf = (model: DatumModel, options: ClientOptions): Client => {
  const client: ModelledOptions = { ...options, model };
  if (typeof client.app?.name !== "string" || client.app.name === "") {
    throw new TypeError("The app needs a name: there is one session for each.");
  }
  retryOf(client);
  const run = <A>(
    operation: (engine: Engine) => Effect.Effect<A, ClientError>,
    { signal, onWait, busyTimeout }: OperationOptions = {}
  ) => toPromise(Effect.flatMap(engineFor(client, onWait, busyTimeout), operation), signal);
  return {
    session: {
      find: (given) => run(findSession, given),
      list: (given) => run(listSessions, given),
      ensure: (given) => run((engine) => ensureSession(engine), given)
    },
    upload: (source, options = {}) => begin(client, source, options),
    remove: (originIds, given) => run((engine) => remove(engine, originIds), given),
    verify: (source, given) => {
      if (given?.signal?.aborted) Reading.dismiss(source);
      return run((engine) => verify(engine, source), given);
    },
    findOverlaps: (record, given = {}) => {
      if (given.signal?.aborted && !isRecordSummary(record)) Reading.dismiss(record);
      return run((engine) => findOverlaps(engine, record, given.mostDays), given);
    }
  };
};
