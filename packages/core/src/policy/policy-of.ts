import type { Policy, PolicyOptions } from "../contract/policy.ts";
import { defaultChunking } from "./chunking.ts";
import { defaultIsolation } from "./isolation.ts";
import { defaultPacing } from "./pacing.ts";
import { defaultSizing } from "./request-size.ts";
import { defaultRetry } from "./retry.ts";
import { defaultSettling } from "./settling.ts";

/** A whole policy: the parts given, and for the rest the defaults. */
export const policyOf = (options: PolicyOptions = {}): Policy => ({
  chunking: { ...defaultChunking, ...options.chunking },
  isolation: { ...defaultIsolation, ...options.isolation },
  pacing: { ...defaultPacing, ...options.pacing },
  retry: { ...defaultRetry, ...options.retry },
  settling: { ...defaultSettling, ...options.settling },
  sizing: { ...defaultSizing, ...options.sizing }
});
