import { type Members, absent } from "../rule/rule.ts";
import type { Walk } from "../rule/walk.ts";

/** The rule of an object that needs one of these members, whichever. */
export const anyOf = (...names: ReadonlyArray<string>): ((members: Members, walk: Walk) => void) => {
  const fault = { code: "values-not-exist-for-any", text: `must have at least one of: ${names.join(", ")}` };
  return (members, walk) => {
    if (names.every((name) => absent(members[name]))) walk.report(undefined, fault, undefined);
  };
};
