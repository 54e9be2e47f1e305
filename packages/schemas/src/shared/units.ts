import type * as z from "zod/mini";
import { type Part, alsoDescribed } from "../rule/rule.ts";

/** Puts into the schema's description what the numbers of a member count. */
const counting =
  (unit: string) =>
  <Z extends z.ZodMiniType>(part: Part<Z>): Part<Z> =>
    alsoDescribed(unit, part);

export const milliseconds = counting("In milliseconds.");
export const seconds = counting("In seconds.");
export const minutes = counting("In minutes.");
export const unitsOfInsulin = counting("In units of insulin.");
export const unitsPerHour = counting("In units of insulin an hour.");
export const share = counting("A share: 1 is 100 %.");
