import { createMemoryLedger } from "@tideway/core";
import { describe } from "vitest";
import { describeLedger } from "./conformance.ts";

describe("a memory ledger", () => describeLedger(createMemoryLedger));
