import * as Effect from "effect/Effect";
import type { ClientError } from "../contract/errors/client-error.ts";
import { remove as removeBy } from "../operations/remove/remove.ts";
import type { Ledger } from "./ledger.ts";
import { type Target, type EffectOptions, operate } from "./target.ts";
import type { Transport } from "./transport.ts";

/** Deletes by origin id, and only in the session of this app. Gives how many ids were asked for. */
export const remove = (
  target: Target,
  originIds: Iterable<string> | AsyncIterable<string>,
  options: EffectOptions = {}
): Effect.Effect<number, ClientError, Transport | Ledger> =>
  Effect.suspend(() => operate(target, options, (engine) => removeBy(engine, originIds)));
