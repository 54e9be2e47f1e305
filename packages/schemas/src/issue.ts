/** One fault of a datum, told as the platform tells it. */
export interface Issue {
  /** RFC 6901, from the datum (`/value`) or, for a batch, from the array (`/3/value`); `""` is the datum itself. */
  readonly pointer: string;
  /** The platform's own code: `value-out-of-range`, `type-not-string`, … */
  readonly code: string;
  /** One sentence with the rule that was broken. Holds no value of the datum. */
  readonly message: string;
  /** What stood there. A health value, perhaps: never print it unless the user asked. */
  readonly value?: unknown;
}

/** The answer of a check. Parse issues hide validation issues, as on the platform. */
export type Check =
  | { readonly ok: true }
  | { readonly ok: false; readonly phase: "parse" | "validate"; readonly issues: ReadonlyArray<Issue> };
