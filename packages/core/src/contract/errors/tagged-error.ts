/** The same in every copy of this package, so that an error of one is known to the guards of another. */
const brand = Symbol.for("@tideway/core/TidewayError");

/** What every error of Tideway carries. */
export interface ErrorFields {
  /** What happened, to what, why, and what to do. Holds no token and no health value. */
  readonly message: string;
  readonly cause?: unknown;
}

/** The base of every error of Tideway: tell them apart by `_tag`, or by guards such as `isUploadStopped`. */
export abstract class TidewayError extends Error {
  /** The error's class, as text: the same however a bundler renames it. Also the error's `name`. */
  abstract readonly _tag: string;
}

/** A class of errors, before it is told which fields they have. */
export type TaggedErrorClass<Tag extends string> = new <Fields extends ErrorFields>(
  fields: Fields
) => TidewayError & { readonly _tag: Tag } & Readonly<Fields>;

/**
 * A base for errors of one tag: `class Lost extends taggedError("Lost")<Fields> {}`.
 *
 * As `Data.TaggedError` of Effect, which can catch these by tag, too; but the types of Effect stay out of the declarations.
 */
export const taggedError = <Tag extends string>(tag: Tag): TaggedErrorClass<Tag> => {
  class Tagged extends TidewayError {
    declare readonly _tag: Tag;
    constructor({ message, cause, ...fields }: ErrorFields) {
      super(message, cause === undefined ? undefined : { cause });
      Object.assign(this, fields);
    }
  }
  // On the prototype, where `Error` has its own: printing an error does not repeat them.
  Object.assign(Tagged.prototype, { _tag: tag, name: tag, [brand]: true });
  return Tagged as unknown as TaggedErrorClass<Tag>;
};

/** Whether something is an error of Tideway, of this copy of the package or another. */
export const isTidewayError = (thrown: unknown): thrown is TidewayError => thrown instanceof Error && brand in thrown;

/** A guard for one tag. */
export const guardOf =
  <E extends TidewayError>(tag: E["_tag"]) =>
  (thrown: unknown): thrown is E =>
    isTidewayError(thrown) && thrown._tag === tag;
