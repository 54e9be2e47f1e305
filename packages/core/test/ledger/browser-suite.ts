// What every ledger has to do, done by a browser's own IndexedDB and Web Locks: run in one by `tooling/integration/tabs`.
import { createIndexedDbLedger } from "@tideway/core/browser";
import { describeLedger } from "./conformance.ts";

let count = 0;
describeLedger(() => createIndexedDbLedger({ name: `suite-${count++}` }));
