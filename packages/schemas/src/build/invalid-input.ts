import type { Issue } from "../issue.ts";

/** Thrown by the builders: what they were given cannot become a datum. Holds no health value in its message. */
export class InvalidInput extends Error {
  readonly _tag = "InvalidInput";
  override readonly name = "InvalidInput";
  /** Which builder refused. */
  readonly builder: "glucose" | "at" | "origin" | "basalTimeline";
  /** Each fault in the platform's words. */
  readonly issues: ReadonlyArray<Issue>;

  constructor(builder: InvalidInput["builder"], issues: ReadonlyArray<Issue>) {
    super(`${builder}: ${issues.map(({ message }) => message).join(" ")}`);
    this.builder = builder;
    this.issues = issues;
  }
}
