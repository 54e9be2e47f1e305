import type * as Effect from "effect/Effect";
import type { ClientError } from "../contract/errors/client-error.ts";
import type { Verification } from "../contract/verification.ts";
import { verify as verifyBy } from "../operations/verify/verify.ts";
import type { Ledger } from "./ledger.ts";
import { type StreamSource, withSource } from "./stream-source.ts";
import { type Target, type EffectOptions, operate } from "./target.ts";
import type { Transport } from "./transport.ts";

/** Reads the session back and compares it with a source, datum by datum. The next upload sends what is missing, different or doubled. */
export const verify = <E = never, R = never>(
  target: Target,
  source: StreamSource<E, R>,
  options: EffectOptions = {}
): Effect.Effect<Verification, ClientError | E, Transport | Ledger | R> =>
  withSource(source, (opened) => operate(target, options, (engine) => verifyBy(engine, opened)));
