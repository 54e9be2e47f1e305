import type * as z from "zod/mini";
import { isObject } from "./object.ts";
import { once } from "./once.ts";
import type { Part, Rule } from "./rule.ts";
import type { Walk } from "./walk.ts";

/**
 * A part that holds itself further down. There is no limit to how far: what lies deep is put off, not recursed into,
 * so that no datum can overflow the stack.
 */
export const lazy = <T>(part: () => Part): Part<z.ZodMiniType<T, T>> => {
  let known: Rule | undefined;
  const inner = (): Rule => (known ??= part().rule);

  const descend = <R>(walk: Walk, task: () => R): R => {
    walk.nesting++;
    const result = task();
    walk.nesting--;
    return result;
  };
  /** An object now, its members later. */
  const shell = (walk: Walk, fill: () => unknown): unknown => {
    const result = {};
    walk.putOff(() => Object.assign(result, fill()));
    return result;
  };

  const rule: Rule = {
    accepts: (value, parent, walk) => !walk.deep && descend(walk, () => inner().accepts(value, parent, walk)),
    parse: (value, key, walk) =>
      walk.deep
        ? walk.putOff(() => inner().parse(value, key, walk))
        : descend(walk, () => inner().parse(value, key, walk)),
    validate: (value, key, parent, walk) =>
      walk.deep
        ? walk.putOff(() => inner().validate(value, key, parent, walk))
        : descend(walk, () => inner().validate(value, key, parent, walk)),
    store: (value, parent, walk) =>
      walk.deep
        ? shell(walk, () => inner().store(value, parent, walk))
        : descend(walk, () => inner().store(value, parent, walk)),
    prune: (value, key, pruning) =>
      pruning.walk.deep && isObject(value)
        ? shell(pruning.walk, () => inner().prune(value, key, pruning))
        : descend(pruning.walk, () => inner().prune(value, key, pruning))
  };
  return { zod: once((z) => z.lazy(() => part().zod(z) as z.ZodMiniType<T, T>)), rule };
};
