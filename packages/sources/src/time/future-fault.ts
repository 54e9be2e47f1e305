import type { RowFault } from "../row-fault.ts";

/** Why a record of the far future is refused. */
export const futureFault = (column: string): RowFault => ({
  code: "in-the-future",
  message: "The record is dated more than a day ahead of now: the clock was wrong.",
  column
});
