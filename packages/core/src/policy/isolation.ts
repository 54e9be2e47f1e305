import type { Isolation } from "../contract/policy.ts";
import { Bisection } from "./bisection.ts";

/** Pointers name the culprits; without usable ones the chunk is halved. */
export const defaultIsolation: Isolation = { begin: (items) => new Bisection(items) };
