// What every ledger has to do, done by the browser's own IndexedDB and Web Locks.
import { createIndexedDbLedger } from "@tideway/core/browser";
import { describeLedger } from "../../../packages/core/test/ledger/conformance.ts";

let count = 0;
describeLedger(() => createIndexedDbLedger({ name: `suite-${count++}` }));
