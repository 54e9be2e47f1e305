/** One check of `npm test` that is a program of its own: it passes when it exits 0. */
export interface Check {
  readonly name: string;
  /** What it proves, for the person who reads the list. */
  readonly proves: string;
  readonly command: ReadonlyArray<string>;
  /** The command that mends what it finds, where there is one. */
  readonly mend?: string;
}

/** Every check except the tests themselves, in the order in which they run. */
export const checks: ReadonlyArray<Check> = [
  { name: "format", proves: "one way to lay out code", command: ["oxfmt", "--check", "."], mend: "pnpm format" },
  { name: "lint", proves: "the rules of the house", command: ["oxlint", "."] },
  { name: "layers", proves: "imports point up the list of layers only", command: ["turbo", "boundaries"] },
  { name: "dead code", proves: "nothing unused is kept", command: ["knip"] },
  {
    name: "types",
    proves: "sources, tests and tools type-check",
    command: ["turbo", "run", "build", "types", "--output-logs=errors-only"]
  }
];
