import { type Kind, writable } from "@tideway/schemas";

/** Members of each kind, as they come along: whether the platform takes them. */
const seen = new Map<Kind, Map<string, boolean>>();

/** A kind has few members: more names than this come from data, and are not worth remembering. */
const most = 500;

const learn = (known: Map<string, boolean>, datum: Readonly<Record<string, unknown>>, name: string): boolean => {
  const { type, deliveryType, subType } = datum;
  // Empty, so that nothing within it can be left out: only the member as such.
  const { dropped } = writable({ type, deliveryType, subType, [name]: datum[name] });
  const isTaken = !dropped.some((pointer) => pointer === `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`);
  if (known.size < most) known.set(name, isTaken);
  return isTaken;
};

/**
 * Whether the platform takes every member of a datum. Members of members are not looked at: the platform ignores those that it
 * does not know.
 */
export const isWhollyKnown = (kind: Kind, datum: Readonly<Record<string, unknown>>): boolean => {
  let known = seen.get(kind);
  if (!known) seen.set(kind, (known = new Map()));
  for (const name in datum) {
    if (!(known.get(name) ?? learn(known, datum, name))) return false;
  }
  return true;
};
