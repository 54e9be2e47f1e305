import "fake-indexeddb/auto";
import { createIndexedDbLedger } from "@tideway/core/browser";
import { describe } from "vitest";
import { describeLedger } from "./conformance.ts";

let count = 0;

describe("an IndexedDB ledger", () => describeLedger(() => createIndexedDbLedger({ name: `test ${++count}` })));
