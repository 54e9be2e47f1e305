import type { TransportError } from "@tideway/core";
import { broken, type Circumstance } from "./errors.ts";

export { sendByFetch as send } from "./send.ts";

/** The error that a request without an answer stands for. A browser does not tell what went wrong. */
export const fromFailure = (_: unknown, at: Circumstance): TransportError => broken("unknown", at);
