import type { Progress } from "@tideway/core";
import type { Outcome } from "./upload-file.ts";

/** What the page asks of the worker. */
export type Request = { readonly type: "upload"; readonly file: File } | { readonly type: "stop" };

/** What the worker tells the page. */
export type News =
  | { readonly type: "progress"; readonly event: Progress }
  | { readonly type: "checking" }
  | { readonly type: "finished"; readonly outcome: Outcome }
  | { readonly type: "failed"; readonly message: string; readonly stopped: boolean };
