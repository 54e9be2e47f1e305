import type * as zod from "zod/mini";

/**
 * Adds to what the schema says of itself, such as its description or a keyword of JSON Schema.
 *
 * `z.meta` does this in newer versions; those that published ranges allow too are without it in `zod/mini`.
 */
export const annotate = <T>(z: typeof zod, metadata: zod.core.GlobalMeta): zod.core.$ZodCheck<T> => {
  const check: zod.core.$ZodCheck<T> = new z.core.$ZodCheck({ check: "annotation" });
  check._zod.check = () => undefined;
  check._zod.onattach = [(schema) => z.globalRegistry.add(schema, { ...z.globalRegistry.get(schema), ...metadata })];
  return check;
};
