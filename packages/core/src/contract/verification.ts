/** One datum that is not in the session as it was meant to be. */
export interface Difference {
  readonly originId: string;
  /** `missing`: not there; `different`: there with other values; `doubled`: there more than once; `extra`: not in the source. */
  readonly found: "missing" | "different" | "doubled" | "extra";
  /** JSON pointers of the members that differ. */
  readonly pointers: ReadonlyArray<string>;
}

/** What reading back found. */
export interface Verification {
  readonly sessionId: string;
  /** Datums in the source that should be in the session, those inside others included. */
  readonly expected: number;
  /** Of those expected, inside another one in the source, such as the bolus of a `wizard`: an upload counts only that other one. */
  readonly inside: number;
  /** Records of the source that are unreadable or would be refused: they are compared with nothing. */
  readonly unfit: number;
  /** Of those expected, found as they should be. */
  readonly matched: number;
  /** Datums read back. */
  readonly stored: number;
  readonly differences: ReadonlyArray<Difference>;
}
