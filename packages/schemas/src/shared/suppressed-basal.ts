import { array } from "../rule/array.ts";
import { metadata } from "../rule/metadata.ts";
import { number } from "../rule/number.ts";
import { type Parts, isObject, missing, object } from "../rule/object.ts";
import { type Fault, type Part, type Rule, type Zod, absent, required } from "../rule/rule.ts";
import { literal, text, unreadableText } from "../rule/text.ts";
import { insulinFormulation } from "./insulin-formulation.ts";
import { share, unitsPerHour } from "./units.ts";

const before = { annotations: array(metadata(), { max: 100 }), insulinFormulation };
const rate = required(unitsPerHour(number({ min: 0, max: 100 })));

const delivery = <D extends string, P extends Parts>(deliveryType: D, parts: P) =>
  object({ type: required(literal("basal")), deliveryType: required(literal(deliveryType)), ...before, ...parts });

/** The basal that would have run: one of these kinds, told by its `deliveryType` before anything else is read. */
const suppressed = <A extends { readonly [deliveryType: string]: Part }>(
  allowed: A
): Part<ReturnType<A[keyof A]["zod"]>> => {
  const ruleOf = (value: unknown): Rule | undefined => {
    if (!isObject(value) || value["type"] !== "basal") return undefined;
    const { deliveryType } = value;
    return typeof deliveryType === "string" && Object.hasOwn(allowed, deliveryType)
      ? allowed[deliveryType]?.rule
      : undefined;
  };
  const wrongType: Fault = { code: "value-not-allowed", text: "must be basal" };
  const wrongDelivery: Fault = {
    code: "value-not-allowed",
    text: `must be one of: ${Object.keys(allowed).join(", ")}`
  };
  const rule: Rule = {
    accepts: (value, parent, walk) => ruleOf(value)?.accepts(value, parent, walk) === true,
    parse(value, key, walk) {
      const inner = ruleOf(value);
      if (inner !== undefined) return inner.parse(value, key, walk);
      if (!isObject(value)) return walk.report(key, { code: "type-not-object", text: "must be an object" }, value);
      walk.enter(key);
      const [name, wrong] =
        value["type"] === "basal" ? (["deliveryType", wrongDelivery] as const) : (["type", wrongType] as const);
      const text = value[name];
      const unread = absent(text) ? undefined : unreadableText(text);
      if (unread !== undefined) walk.report(name, unread, text);
      if (absent(text) || unread !== undefined) walk.report(name, missing, undefined);
      else walk.report(name, wrong, text);
      walk.leave();
    },
    validate: (value, key, parent, walk) => ruleOf(value)?.validate(value, key, parent, walk),
    store: (value, parent, walk) => ruleOf(value)?.store(value, parent, walk),
    prune: (value, key, pruning) => ruleOf(value)?.prune(value, key, pruning) ?? value
  };
  const zod = (z: Zod) => {
    const options = Object.values(allowed).map((part) => part.zod(z));
    return (options.length === 1 ? options[0] : z.union(options)) as ReturnType<A[keyof A]["zod"]>;
  };
  return { zod, rule };
};

const scheduled = delivery("scheduled", { rate, scheduleName: text() });
/** Beneath an automated basal lies the scheduled one. */
export const beneathAutomated = suppressed({ scheduled });
const automated = delivery("automated", { rate, scheduleName: text({ max: 1000 }), suppressed: beneathAutomated });
/** Beneath a temporary basal lies an automated or the scheduled one. */
export const beneathTemp = suppressed({ automated, scheduled });
const temp = delivery("temp", { percent: share(number({ min: 0, max: 10 })), rate, suppressed: beneathTemp });
/** Beneath a suspension lies any other basal. */
export const beneathSuspend = suppressed({ automated, scheduled, temp });
