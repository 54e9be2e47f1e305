/** Why an input as a whole cannot be read. */
export type UnreadableCode =
  | "empty"
  | "not-json"
  | "not-a-list"
  | "zip"
  /** All of it seems to be in another encoding than UTF-8, and none was given. */
  | "other-encoding"
  /** No encoding has the name that was given. */
  | "no-such-encoding"
  /** No format, or none of a file inside an archive. */
  | "unknown-format"
  /** Two formats or more claim it. */
  | "ambiguous-format"
  /** It is known what it is, and that cannot be read. */
  | "unreadable-format"
  /** The archive has a password. */
  | "encrypted"
  /** The archive is cut short or damaged. */
  | "damaged"
  /** The archive would grow beyond all bounds, or its names point outside of it. */
  | "unsafe"
  /** It begins like a file of its format, but what its records need is missing. */
  | "incomplete"
  /** It holds records of more than one person. */
  | "several-people";

/** The input holds no datums that can be told apart: nothing of it was read. */
export class UnreadableInput extends Error {
  readonly _tag = "UnreadableInput";
  override readonly name = "UnreadableInput";
  readonly code: UnreadableCode;

  constructor(code: UnreadableCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
