export { SqliteLedger } from "./sqlite-ledger.ts";
