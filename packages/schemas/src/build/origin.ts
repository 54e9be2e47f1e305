import type { Check } from "../issue.ts";
import type { ValueOf } from "../rule/rule.ts";
import { Walk } from "../rule/walk.ts";
import { origin as originPart } from "../shared/origin.ts";
import { InvalidInput } from "./invalid-input.ts";

/** Where a datum comes from. */
export type Origin = ValueOf<typeof originPart>;

/**
 * The origin of a datum: `id`, its identity inside a session, from 1 to 100 characters and never shared by two datums.
 *
 * Throws `InvalidInput` with each fault that the platform would find. A datum without `origin.id` is doubled by every repeated upload,
 * which is why it is needed here although the platform takes origins without.
 */
export const origin = <const O extends Origin & { id: string }>(members: O): O => {
  const verdict = checkOrigin(members);
  if (!verdict.ok) throw new InvalidInput("origin", verdict.issues);
  return members;
};

const checkOrigin = (members: Origin): Check => {
  const { rule } = originPart;
  const parsing = new Walk();
  const unread = parsing.run(() => rule.parse(members, 0, parsing));
  const validating = new Walk();
  const refused =
    unread.length > 0
      ? unread
      : validating.run(() => {
          rule.validate(members, 0, {}, validating);
          validating.enter(0);
          if (typeof members.id !== "string") {
            validating.report("id", { code: "value-not-exists", text: "must be given" }, undefined);
          }
        });
  return refused.length > 0 ? { ok: false, phase: "validate", issues: refused } : { ok: true };
};
