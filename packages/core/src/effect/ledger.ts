import * as Context from "effect/Context";
import * as Layer from "effect/Layer";
import type { Ledger as Port } from "../contract/ledger.ts";
import { createMemoryLedger } from "../ledger/memory-ledger.ts";

/** What sessions are known to hold. `SqliteLedger.layer` (`./effect/node`) and `IndexedDbLedger.layer` (`./effect/browser`) keep it. */
export class Ledger extends Context.Service<Ledger, Port | undefined>()("@tideway/core/Ledger") {
  /** Remembers as long as the program runs. */
  static readonly layerMemory: Layer.Layer<Ledger> = Layer.sync(Ledger, createMemoryLedger);
  /** Remembers nothing: everything is sent each time. */
  static readonly layerNone: Layer.Layer<Ledger> = Layer.succeed(Ledger, undefined);
}
