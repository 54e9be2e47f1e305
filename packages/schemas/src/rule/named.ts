import type * as z from "zod/mini";
import { byBytes } from "./array.ts";
import { isObject, missing, put } from "./object.ts";
import { type Members, type Part, type Rule, absent } from "./rule.ts";
import { storedText } from "./text.ts";

const notObject = { code: "type-not-object", text: "must be an object" };

/** An object whose members' names are for the sender to choose: any name, the empty one too. */
export const named = <Z extends z.ZodMiniType>(part: Part<Z>): Part<z.ZodMiniRecord<z.ZodMiniString<string>, Z>> => {
  const { rule: each } = part;
  /** The platform goes through them by name, in the order of bytes. */
  const sorted = (value: unknown): ReadonlyArray<readonly [string, unknown]> =>
    Object.entries(value as Members).sort(([a], [b]) => byBytes(a, b));

  const rule: Rule = {
    accepts(value, parent, walk) {
      if (!isObject(value)) return false;
      return Object.values(value).every((item) => !absent(item) && each.accepts(item, parent, walk));
    },
    parse(value, key, walk) {
      if (!isObject(value)) return walk.report(key, notObject, value);
      walk.enter(key);
      for (const [name, item] of sorted(value)) if (!absent(item)) each.parse(item, name, walk);
      walk.leave();
    },
    validate(value, key, parent, walk) {
      walk.enter(key);
      for (const [name, item] of sorted(value)) {
        if (absent(item)) walk.report(name, missing, undefined);
        else each.validate(item, name, parent, walk);
      }
      walk.leave();
    },
    store(value, parent, walk) {
      const result: Record<string, unknown> = {};
      for (const [name, item] of Object.entries(value as Members)) {
        put(result, storedText(name), each.store(item, parent, walk));
      }
      return result;
    },
    prune(value, key, pruning) {
      if (!isObject(value)) return value;
      pruning.walk.enter(key);
      const result: Record<string, unknown> = {};
      let same = true;
      for (const [name, item] of Object.entries(value)) {
        const kept = absent(item) ? item : each.prune(item, name, pruning);
        if (kept !== item) same = false;
        put(result, name, kept);
      }
      pruning.walk.leave();
      return same ? value : result;
    }
  };
  return { zod: (z) => z.record(z.string(), part.zod(z)), rule };
};
