import { type Chunking, defaultChunking } from "./chunking.ts";
import { type Isolation, defaultIsolation } from "./isolation.ts";
import { type Pacing, defaultPacing } from "./pacing.ts";
import { type Sizing, defaultSizing } from "./request-size.ts";
import { type Retry, defaultRetry } from "./retry.ts";
import { type Settling, defaultSettling } from "./settling.ts";

/** Every decision of the engine that a caller may replace. */
export interface Policy {
  readonly chunking: Chunking;
  readonly isolation: Isolation;
  readonly pacing: Pacing;
  readonly retry: Retry;
  readonly settling: Settling;
  readonly sizing: Sizing;
}

/** Parts of a policy; what is left out keeps its default. */
export type PolicyOptions = { readonly [K in keyof Policy]?: Partial<Policy[K]> };

export const policyOf = (options: PolicyOptions = {}): Policy => ({
  chunking: { ...defaultChunking, ...options.chunking },
  isolation: { ...defaultIsolation, ...options.isolation },
  pacing: { ...defaultPacing, ...options.pacing },
  retry: { ...defaultRetry, ...options.retry },
  settling: { ...defaultSettling, ...options.settling },
  sizing: { ...defaultSizing, ...options.sizing }
});
