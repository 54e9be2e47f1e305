import type { ReadOptions } from "@tideway/sources";

/** What a person told about files that do not say it themselves. */
export type Answers = Pick<ReadOptions, "timezone" | "travel" | "repeatedHour" | "units" | "dateOrder" | "encoding">;

/** Files that are read together, and how. */
export interface Selection {
  readonly files: ReadonlyArray<File>;
  readonly answers: Answers;
  /** The present moment by the person's clock, in milliseconds since 1970. */
  readonly now: number;
}

/** Why a task failed, as it can be sent from the worker to the page. */
export interface Failure {
  /** That of `UnreadableInput`, or `failed`. */
  readonly code: string;
  readonly message: string;
  /** Whether the person stopped it, rather than a fault. */
  readonly isStopped: boolean;
}
