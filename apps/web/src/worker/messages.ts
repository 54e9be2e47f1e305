import type { Counts, Progress } from "@tideway/core";
import type { ReadOptions } from "@tideway/sources";
import type { Opened } from "../preview/opened.ts";
import type { Outcome } from "./upload-files.ts";

/** What a person told about files that do not say it themselves. */
export type Answers = Pick<ReadOptions, "timezone" | "units" | "dateOrder" | "encoding">;

/** Files that are read together, and how. */
export interface Selection {
  readonly files: ReadonlyArray<File>;
  readonly answers: Answers;
  /** The present moment by the person's clock, in milliseconds since 1970. */
  readonly now: number;
}

/** What the page asks of the worker; messages about a task carry the id that the page gave it. */
export type WorkerRequest =
  | { readonly type: "open" | "upload"; readonly id: number; readonly selection: Selection }
  | { readonly type: "stop"; readonly id: number };

/** Why a task failed, as it can be sent from the worker to the page. */
export interface Failure {
  /** That of `UnreadableInput`, or `failed`. */
  readonly code: string;
  readonly message: string;
  /** Whether the person stopped it, rather than a fault. */
  readonly isStopped: boolean;
}

/** What the worker tells the page. */
export type WorkerMessage =
  | { readonly type: "counted"; readonly id: number; readonly counts: Counts }
  | { readonly type: "progress"; readonly id: number; readonly event: Progress }
  | { readonly type: "checking"; readonly id: number }
  | { readonly type: "opened"; readonly id: number; readonly opened: Opened }
  | { readonly type: "uploaded"; readonly id: number; readonly outcome: Outcome }
  | { readonly type: "failed"; readonly id: number; readonly failure: Failure };
