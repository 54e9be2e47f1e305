import type { DataSet } from "@tideway/schemas";
import type * as Effect from "effect/Effect";
import type { ClientError } from "../contract/errors/client-error.ts";
import { type Ensured, ensureSession, findSession } from "../operations/session/ensure.ts";
import { listSessions } from "../operations/session/list.ts";
import type { Ledger } from "./ledger.ts";
import { type Target, type EffectOptions, operate } from "./target.ts";
import type { Transport } from "./transport.ts";

type Operation<A> = Effect.Effect<A, ClientError, Transport | Ledger>;

/** The session of an app. */
export const session = {
  /** The oldest usable one; undefined where there is none. */
  find: (target: Target, options: EffectOptions = {}): Operation<DataSet | undefined> =>
    operate(target, options, findSession),
  /** Every session of this app, whoever made it. */
  list: (target: Target, options: EffectOptions = {}): Operation<ReadonlyArray<DataSet>> =>
    operate(target, options, listSessions),
  /** Finds the session, or opens one: one session however many ask at once. */
  ensure: (target: Target, options: EffectOptions = {}): Operation<Ensured> =>
    operate(target, options, (engine) => ensureSession(engine))
};
