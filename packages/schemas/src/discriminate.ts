import type { Definition } from "./kind.ts";
import { isObject, missing } from "./rule/object.ts";
import { type Fault, type Key, type Members, absent } from "./rule/rule.ts";
import { unreadableText } from "./rule/text.ts";
import type { Walk } from "./rule/walk.ts";

/** Finds a datum's definition among several. */
export interface Directory<D extends Definition = Definition> {
  find(datum: Members): D | undefined;
  /** Reports, as the platform does, why nothing was found; the walk is at the datum. */
  explain(datum: Members, walk: Walk): void;
}

type Branch<D> =
  | { readonly definition: D }
  | {
      readonly member: "deliveryType" | "subType";
      readonly definitions: ReadonlyMap<unknown, D>;
      readonly fault: Fault;
    };

/** Looks first at `type`, and only if that is good at `deliveryType` or `subType`. */
export const directory = <D extends Definition>(definitions: ReadonlyArray<D>): Directory<D> => {
  const branches = new Map<unknown, Branch<D>>();
  for (const [type, group] of Map.groupBy(definitions, ({ discriminator }) => discriminator.type)) {
    const first = group[0] as D;
    const member = "deliveryType" in first.discriminator ? "deliveryType" : "subType";
    const subs = new Map<unknown, D>(group.map((definition) => [definition.discriminator[member], definition]));
    branches.set(
      type,
      subs.has(undefined) ? { definition: first } : { member, definitions: subs, fault: notAllowed(subs) }
    );
  }
  const fault = notAllowed(branches);

  return {
    find(datum) {
      const branch = branches.get(datum["type"]);
      if (branch === undefined || "definition" in branch) return branch?.definition;
      return branch.definitions.get(datum[branch.member]);
    },
    explain(datum, walk) {
      const branch = branches.get(datum["type"]);
      if (branch === undefined) tell("type", datum["type"], fault, walk);
      else if ("member" in branch) tell(branch.member, datum[branch.member], branch.fault, walk);
    }
  };
};

const notAllowed = (allowed: ReadonlyMap<unknown, unknown>): Fault => ({
  code: "value-not-allowed",
  text: `must be one of: ${[...allowed.keys()].sort().join(", ")}`
});

/** The platform tells both of a discriminator that is no text: that it is none, and that there is none. */
const tell = (key: Key, value: unknown, fault: Fault, walk: Walk): void => {
  const unread = absent(value) ? undefined : unreadableText(value);
  if (unread !== undefined) walk.report(key, unread, value);
  if (absent(value) || unread !== undefined) walk.report(key, missing, undefined);
  else walk.report(key, fault, value);
};

/** The same for a value that may not even be an object. */
export const findIn = <D extends Definition>(directory: Directory<D>, value: unknown): D | undefined =>
  isObject(value) ? directory.find(value) : undefined;
