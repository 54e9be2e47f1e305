import type * as z from "zod/mini";
import { directory, findIn } from "./discriminate.ts";
import type { Definition } from "./kind.ts";
import { isObject } from "./rule/object.ts";
import type { Part, Rule, ValueOf, Zod } from "./rule/rule.ts";

/**
 * A whole datum inside another, which the platform splits off and stores by itself.
 *
 * The link that it leaves behind, the id, can be read but not written: a text is `type-not-object`.
 */
export const embeddedIn = <D extends Definition>(
  definitions: ReadonlyArray<D>
): Part<z.ZodMiniType<ValueOf<D>, ValueOf<D>>> => {
  const among = directory(definitions);
  const rule: Rule = {
    accepts: (value, parent, walk) => findIn(among, value)?.rule.accepts(value, parent, walk) === true,
    parse(value, key, walk) {
      const found = findIn(among, value);
      if (found !== undefined) return found.rule.parse(value, key, walk);
      if (!isObject(value)) {
        return walk.report(
          key,
          { code: "type-not-object", text: "must be a whole datum (a link to one can be read, not written)" },
          value
        );
      }
      walk.enter(key);
      among.explain(value, walk);
      walk.leave();
    },
    validate: (value, key, parent, walk) => findIn(among, value)?.rule.validate(value, key, parent, walk),
    store: (value, parent, walk) => findIn(among, value)?.rule.store(value, parent, walk),
    prune(value, key, pruning) {
      // The link that the platform made of a datum once embedded.
      if (typeof value === "string") {
        pruning.drop(key);
        return undefined;
      }
      return findIn(among, value)?.rule.prune(value, key, pruning) ?? value;
    }
  };
  const zod = (z: Zod) => {
    const schemas = definitions.map((definition) => definition.zod(z));
    return (schemas.length === 1 ? schemas[0] : z.union(schemas)) as z.ZodMiniType<ValueOf<D>, ValueOf<D>>;
  };
  return { zod, rule };
};
