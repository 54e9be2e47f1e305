export { IndexedDbLedger } from "./indexed-db-ledger.ts";
