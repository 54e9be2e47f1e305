import { createIndexedDbLedger } from "@tideway/core/browser";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { describe } from "vitest";
import { describeLedger } from "./conformance.ts";

globalThis.IDBKeyRange = IDBKeyRange;

describe("an IndexedDB ledger", () => describeLedger(() => createIndexedDbLedger({ indexedDB: new IDBFactory() })));
