/** What one check of `tideway doctor` found. */
export interface Check {
  readonly name: string;
  readonly state: "ok" | "warn" | "fail";
  /** What was found. */
  readonly found: string;
  /** What to do, where something is not as it should be. */
  readonly hint?: string;
}
