import type * as z from "zod/mini";
import type { Part, Zod } from "../rule/rule.ts";

/** Puts into the schema's description what the numbers of a member count. */
const counting =
  (unit: string) =>
  <Z extends z.ZodMiniType>(part: Part<Z>): Part<Z> => {
    const zod = (z: Zod): Z => {
      const schema = part.zod(z);
      const { description } = z.globalRegistry.get(schema) ?? {};
      return schema.check(z.describe(description === undefined ? unit : `${unit} ${description}`));
    };
    return { ...part, zod };
  };

export const milliseconds = counting("In milliseconds.");
export const seconds = counting("In seconds.");
export const minutes = counting("In minutes.");
export const unitsOfInsulin = counting("In units of insulin.");
export const unitsPerHour = counting("In units of insulin an hour.");
export const share = counting("A share: 1 is 100 %.");
