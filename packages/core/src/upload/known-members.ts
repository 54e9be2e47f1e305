import type { DatumModel, Kind } from "@tideway/schemas";

/** Members of each kind, as they come along: whether the platform takes them. */
const seen = new WeakMap<DatumModel, Map<Kind, Map<string, boolean>>>();

/** A kind has few members: more names than this come from data, and are not worth remembering. */
const most = 500;

const learn = (
  model: DatumModel,
  known: Map<string, boolean>,
  datum: Readonly<Record<string, unknown>>,
  name: string
): boolean => {
  const { type, deliveryType, subType } = datum;
  // Empty, so that nothing within it can be left out: only the member as such.
  const { dropped } = model.writable({ type, deliveryType, subType, [name]: datum[name] });
  const isTaken = !dropped.some((pointer) => pointer === `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`);
  if (known.size < most) known.set(name, isTaken);
  return isTaken;
};

/**
 * Whether the platform takes every member of a datum. Members of members are not looked at: the platform ignores those that it
 * does not know.
 */
export const isWhollyKnown = (model: DatumModel, kind: Kind, datum: Readonly<Record<string, unknown>>): boolean => {
  let ofModel = seen.get(model);
  if (!ofModel) seen.set(model, (ofModel = new Map()));
  let known = ofModel.get(kind);
  if (!known) ofModel.set(kind, (known = new Map()));
  for (const name in datum) {
    if (!(known.get(name) ?? learn(model, known, datum, name))) return false;
  }
  return true;
};
