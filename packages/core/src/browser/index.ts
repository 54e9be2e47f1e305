export { createIndexedDbLedger, type IndexedDbLedgerOptions } from "./indexed-db-ledger.ts";
