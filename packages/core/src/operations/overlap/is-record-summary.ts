import type { RecordSummary } from "../../contract/overlap.ts";

/** Whether it is the summary of a record, and no source to be read. */
export const isRecordSummary = (record: unknown): record is RecordSummary =>
  typeof record === "object" && record !== null && "sampledDays" in record;
