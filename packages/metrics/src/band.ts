import { roundHalfEven } from "./round-half-even.ts";
import type { Targets } from "./targets.ts";

/** The five disjoint bands of the consensus, from the lowest. */
export const bands = ["veryLow", "low", "target", "high", "veryHigh"] as const;

/** One of the five bands. */
export type Band = (typeof bands)[number];

/** Something for each band. */
export type PerBand<A> = { readonly [B in Band]: A };

/**
 * The band of a glucose value, after rounding it to whole mg/dL (halves to even).
 *
 * Rounding comes first because storing loses digits: 70 mg/dL comes back from a server as 69.99994, and would count as
 * low. The same rule holds for data in mmol/L, so that both units give the same shares.
 *
 * @param mgdl in mg/dL
 */
export const bandOf = (mgdl: number, { veryLow, low, high, veryHigh }: Targets): Band => {
  const value = roundHalfEven(mgdl);
  if (value < veryLow) return "veryLow";
  if (value < low) return "low";
  if (value <= high) return "target";
  return value <= veryHigh ? "high" : "veryHigh";
};
