import type * as z from "zod/mini";
import type { Fault, Members, Part, Rule, Zod } from "./rule.ts";
import type { Walk } from "./walk.ts";

/** What a value that is no object and no array has to be. */
export interface Scalar<T> {
  /** The fault of a value that cannot be read as a `T`. */
  readonly unreadable: (value: unknown) => Fault | undefined;
  /** The fault of a `T` that is not allowed here. Default: every `T` is. */
  readonly refused?: ((value: T, parent: Members, walk: Walk) => Fault | undefined) | undefined;
  /** Both at once for the common case, where that is quicker. A no is looked at again. Default: made of the two. */
  readonly accepts?: ((value: unknown) => boolean) | undefined;
  /** Default: as it came. */
  readonly store?: ((value: T, parent: Members, walk: Walk) => unknown) | undefined;
}

/** A member that is judged by itself, or by itself and its neighbours. */
export const scalar = <Z extends z.ZodMiniType>(zod: (z: Zod) => Z, spec: Scalar<z.infer<Z>>): Part<Z> => {
  type T = z.infer<Z>;
  const { unreadable, refused, accepts, store } = spec;
  const rule: Rule = {
    accepts: accepts ?? acceptsBoth(unreadable, refused as Scalar<unknown>["refused"]),
    parse(value, key, walk) {
      const fault = unreadable(value);
      if (fault !== undefined) walk.report(key, fault, value);
    },
    validate(value, key, parent, walk) {
      const fault = refused?.(value as T, parent, walk);
      if (fault !== undefined) walk.report(key, fault, value);
    },
    store: store === undefined ? (value) => value : (value, parent, walk) => store(value as T, parent, walk),
    prune: (value) => value
  };
  return { zod, rule };
};

const acceptsBoth = (
  unreadable: Scalar<unknown>["unreadable"],
  refused: Scalar<unknown>["refused"]
): Rule["accepts"] => {
  if (refused === undefined) return (value) => unreadable(value) === undefined;
  return (value, parent, walk) => unreadable(value) === undefined && refused(value, parent, walk) === undefined;
};
