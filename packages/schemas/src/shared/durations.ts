import { int } from "../rule/number.ts";
import type { Members } from "../rule/rule.ts";
import { milliseconds } from "./units.ts";

/** A week in milliseconds: what a basal or an override may last. */
export const week = 604_800_000;

/** How long it was meant to last: no shorter than it did (where that is in range itself). */
export const expectedDuration = (max?: number) =>
  milliseconds(
    int(
      ({ duration }: Members) => {
        const known = typeof duration === "number" && duration >= 0 && (max === undefined || duration <= max);
        return { min: known ? duration : 0, max };
      },
      { min: 0, max }
    )
  );
