import { type DatumModel, everyKind } from "@tideway/schemas";
import * as Effect from "effect/Effect";
import type { ClientOptions, ModelledOptions, OperationOptions } from "../contract/client.ts";
import { type Engine, engineFor } from "../engine/engine.ts";
import { recorded } from "./effect-recorder.ts";
import { Ledger } from "./ledger.ts";
import { Transport } from "./transport.ts";

/** Whose session, of which app, and how it is dealt with: the options of `createClient` without what layers provide. */
export interface Target extends Omit<ClientOptions, "transport" | "ledger"> {
  /** Which kinds of datum are known. Default: `everyKind`. */
  readonly model?: DatumModel;
}

/** Options of an operation. There is no `signal`: an interruption stops it. */
export type EffectOptions = Omit<OperationOptions, "signal">;

/** The target with what the context provides. */
export const clientOf = ({
  model = everyKind,
  ...target
}: Target): Effect.Effect<ModelledOptions, never, Transport | Ledger> =>
  Effect.gen(function* () {
    const transport = yield* Transport;
    const ledger = yield* Ledger;
    return { ...target, model, transport, ...(ledger ? { ledger } : {}) };
  });

/** Runs an operation of the engine for a target. */
export const operate = <A, E>(
  target: Target,
  { onWait, busyTimeout }: EffectOptions,
  operation: (engine: Engine) => Effect.Effect<A, E>
): Effect.Effect<A, E, Transport | Ledger> =>
  recorded(
    Effect.flatMap(clientOf(target), (client) => Effect.flatMap(engineFor(client, onWait, busyTimeout), operation))
  );
