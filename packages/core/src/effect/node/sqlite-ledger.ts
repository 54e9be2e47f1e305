import * as Config from "effect/Config";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import { createSqliteLedger, type SqliteLedgerOptions } from "../../node/sqlite-ledger.ts";
import { Ledger } from "../ledger.ts";

/** One file for all accounts, opened at the first use. */
const layerOf = (path: string, options?: SqliteLedgerOptions): Layer.Layer<Ledger> =>
  Layer.sync(Ledger, () => createSqliteLedger(path, options));

/** The ledger in a file. */
export const SqliteLedger = {
  /** In the file that the configuration names: `TIDEWAY_LEDGER`. */
  layer: Layer.unwrap(
    Effect.map(Config.NonEmptyString("TIDEWAY_LEDGER"), (path) => layerOf(path))
  ) satisfies Layer.Layer<Ledger, Config.ConfigError>,
  /** In this file. */
  layerOf
};
