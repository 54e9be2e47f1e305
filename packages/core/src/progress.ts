import type { Counts, Receipt, Rejection } from "./receipt.ts";

/** What an upload tells while it runs. */
export type Progress =
  | { readonly type: "session"; readonly sessionId: string; readonly opened: boolean }
  | {
      readonly type: "chunk";
      readonly counts: Counts;
      readonly datums: number;
      readonly bytes: number;
      readonly newest?: string;
    }
  | { readonly type: "rejected"; readonly rejection: Rejection }
  | { readonly type: "waiting"; readonly reason: string; readonly milliseconds: number; readonly attempt: number }
  | { readonly type: "done"; readonly receipt: Receipt };
