export type { Ledger, LedgerScope, SessionLedger } from "../ledger.ts";
