import type { TransportError } from "@tideway/core";
import { broken, type Circumstance } from "./errors.ts";

export { sendByFetch as send } from "./send.ts";

/** The error that a request without an answer stands for. A browser does not tell what went wrong. */
export const fromFailure = (_: unknown, at: Circumstance): TransportError => broken("unknown", at);

/** Throws a TypeError where this program would not notice that somebody poses as the server. A browser always does. */
export const checkPlatform: (server: string) => void = () => {};
