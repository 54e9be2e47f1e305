import { createMemoryStore } from "@tideway/sandbox";
import { behaviours } from "./behaviours.ts";

/** Runs one behaviour on a memory store, here in the browser. */
export const run = async (name: string): Promise<void> => behaviours[name]?.(createMemoryStore());
