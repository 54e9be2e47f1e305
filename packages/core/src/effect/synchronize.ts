import * as Effect from "effect/Effect";
import type { ClientError, UploadStopped } from "../contract/errors/client-error.ts";
import type { SyncOptions, SyncSource } from "../contract/sync.ts";
import { synchronize as synchronizeBy } from "../operations/sync/synchronize.ts";
import { recorded } from "./effect-recorder.ts";
import type { Ledger } from "./ledger.ts";
import { type Target, clientOf } from "./target.ts";
import type { Transport } from "./transport.ts";

/** Keeps the session of an app in step with sources: one pass over each, or with `every` one after another until it is interrupted. */
export const synchronize = (
  target: Target,
  sources: ReadonlyArray<SyncSource>,
  options: SyncOptions = {}
): Effect.Effect<void, UploadStopped | ClientError, Transport | Ledger> =>
  recorded(Effect.flatMap(clientOf(target), (client) => synchronizeBy(client, sources, options)));
