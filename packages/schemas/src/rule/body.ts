import type * as z from "zod/mini";
import type { Check } from "../issue.ts";
import { depthWithin } from "./depth.ts";
import { type ObjectOptions, type Parts, type ShapeOf, isObject, object } from "./object.ts";
import type { Fault, Part } from "./rule.ts";
import { Walk } from "./walk.ts";

const notParsed: Fault = { code: "not-parsed", text: "is not a member that may be sent" };
const malformed: Fault = { code: "json-malformed", text: "must be a JSON object" };
const tooDeep: Fault = { code: "json-malformed", text: "must not be nested deeper than 10,000 levels" };
/** Levels that JSON may have on the platform. */
const levels = 10_000;

/** The body of a request: unlike in a datum, unknown members are refused, though only at the top. */
export interface Body<P extends Parts> extends Part<z.ZodMiniObject<ShapeOf<P>>> {
  readonly check: (body: unknown) => Check;
}

export const body = <P extends Parts>(parts: P, options: ObjectOptions = {}): Body<P> => {
  const { zod, rule } = object(parts, options);
  const check = (value: unknown): Check => {
    const parsing = new Walk();
    const unread = parsing.run(() => {
      if (!isObject(value)) return parsing.reportAt(0, malformed);
      if (!depthWithin(value, levels)) return parsing.reportAt(0, tooDeep);
      rule.parse(value, 0, parsing);
      parsing.enter(0);
      const unknown = Object.keys(value).filter((key) => !Object.hasOwn(parts, key));
      for (const key of unknown.sort()) parsing.report(key, notParsed, value[key]);
    });
    if (unread.length > 0) return { ok: false, phase: "parse", issues: unread };
    const validating = new Walk();
    const refused = validating.run(() => rule.validate(value, 0, {}, validating));
    return refused.length > 0 ? { ok: false, phase: "validate", issues: refused } : { ok: true };
  };
  return { zod, rule, check };
};
