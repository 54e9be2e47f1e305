import { type Directory, findIn } from "./discriminate.ts";
import { isObject } from "./rule/object.ts";
import type { Fault, Rule } from "./rule/rule.ts";

const notObject: Fault = { code: "type-not-object", text: "must be an object" };

/** The rule of a datum of any of these kinds. What is no such datum is a fault of the parse phase. */
export const datumRuleOf = (among: Directory): Rule => ({
  accepts: (value, parent, walk) => findIn(among, value)?.rule.accepts(value, parent, walk) === true,
  parse(value, key, walk) {
    if (!isObject(value)) return walk.report(key, notObject, value);
    const found = among.find(value);
    if (found !== undefined) return found.rule.parse(value, key, walk);
    walk.enter(key);
    among.explain(value, walk);
    walk.leave();
  },
  validate: (value, key, parent, walk) => findIn(among, value)?.rule.validate(value, key, parent, walk),
  store: (value, parent, walk) => findIn(among, value)?.rule.store(value, parent, walk),
  prune: (value, key, pruning) => findIn(among, value)?.rule.prune(value, key, pruning) ?? value
});
