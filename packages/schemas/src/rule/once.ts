import type { Zod } from "./rule.ts";

/** Makes a schema when it is first asked for, and the same one ever after: a schema that holds itself has to meet itself. */
export const once = <Z>(make: (z: Zod) => Z): ((z: Zod) => Z) => {
  let made: { readonly schema: Z } | undefined;
  return (z) => (made ??= { schema: make(z) }).schema;
};
