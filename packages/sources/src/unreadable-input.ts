/** Why an input as a whole cannot be read. */
export type UnreadableCode = "empty" | "not-json" | "not-a-list" | "zip";

/** The input holds no datums that can be told apart: nothing of it was read. */
export class UnreadableInput extends Error {
  readonly _tag = "UnreadableInput";
  readonly code: UnreadableCode;

  constructor(code: UnreadableCode, message: string) {
    super(message);
    this.name = "UnreadableInput";
    this.code = code;
  }
}
