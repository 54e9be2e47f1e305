export { keepMemorySteady } from "./keep-memory-steady.ts";
export { createSqliteLedger, type SqliteLedgerOptions } from "./sqlite-ledger.ts";
export { readInThread, type ReadInThreadOptions } from "./thread/read-in-thread.ts";
export { serveSource, type Served } from "./thread/serve-source.ts";
