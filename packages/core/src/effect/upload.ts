import * as Effect from "effect/Effect";
import * as Queue from "effect/Queue";
import * as Stream from "effect/Stream";
import type { UploadOptions } from "../contract/client.ts";
import type { UploadStopped } from "../contract/errors/client-error.ts";
import type { Progress } from "../contract/progress.ts";
import type { Receipt } from "../contract/receipt.ts";
import { upload as uploadBy } from "../operations/upload/upload.ts";
import { recorded } from "./effect-recorder.ts";
import type { Ledger } from "./ledger.ts";
import { type StreamSource, withSource } from "./stream-source.ts";
import { type Target, clientOf } from "./target.ts";
import type { Transport } from "./transport.ts";

/** Options of an upload. There is no `signal`: an interruption stops it. */
export type EffectUploadOptions = Omit<UploadOptions, "signal">;

/**
 * Uploads a source into the session of an app, and gives the receipt. Fails with `UploadStopped`, which has the receipt so far, or with
 * the error of a stream that fails.
 */
export const upload = <E = never, R = never>(
  target: Target,
  source: StreamSource<E, R>,
  options: EffectUploadOptions = {}
): Effect.Effect<Receipt, UploadStopped | E, Transport | Ledger | R> =>
  withSource(source, (opened) =>
    recorded(Effect.flatMap(clientOf(target), (client) => uploadBy(client, opened, options)))
  );

/** Events that wait for the stream's reader at most; beyond that the oldest is dropped. */
const mostWaiting = 1000;

/** The same as a stream of its progress: the last event, of type `done`, has the receipt. */
export const uploadProgress = <E = never, R = never>(
  target: Target,
  source: StreamSource<E, R>,
  options: EffectUploadOptions = {}
): Stream.Stream<Progress, UploadStopped | E, Transport | Ledger | R> =>
  Stream.callback<Progress, UploadStopped | E, Transport | Ledger | R>(
    (queue) => {
      const onProgress = (event: Progress) => {
        options.onProgress?.(event);
        Queue.offerUnsafe(queue, event);
      };
      return Effect.andThen(upload(target, source, { ...options, onProgress }), Queue.end(queue));
    },
    { bufferSize: mostWaiting, strategy: "sliding" }
  );
