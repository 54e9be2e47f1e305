import type { Settling } from "../contract/policy.ts";

/** The gateway ends a request 60 s after its start: what goes unanswered is over 65 s after that. */
export const defaultSettling: Settling = { quiet: 65_000, parked: 8, attempts: 8, grace: 5000, recheckAfter: 250 };
