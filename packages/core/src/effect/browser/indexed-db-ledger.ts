import * as Layer from "effect/Layer";
import { createIndexedDbLedger, type IndexedDbLedgerOptions } from "../../browser/indexed-db-ledger.ts";
import { Ledger } from "../ledger.ts";

/** The ledger in a database of the browser, one for all tabs. */
export const IndexedDbLedger = {
  /** In the database that `createIndexedDbLedger` uses. */
  layer: Layer.sync(Ledger, () => createIndexedDbLedger()),
  /** With options. */
  layerOf: (options: IndexedDbLedgerOptions): Layer.Layer<Ledger> =>
    Layer.sync(Ledger, () => createIndexedDbLedger(options))
};
