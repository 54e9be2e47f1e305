import type * as Effect from "effect/Effect";
import type { OverlapOptions } from "../contract/client.ts";
import type { ClientError } from "../contract/errors/client-error.ts";
import type { OverlapReport, RecordSummary } from "../contract/overlap.ts";
import { findOverlaps as findBy } from "../operations/overlap/find-overlaps.ts";
import { isRecordSummary } from "../operations/overlap/is-record-summary.ts";
import type { Ledger } from "./ledger.ts";
import { type StreamSource, withSource } from "./stream-source.ts";
import { type Target, operate } from "./target.ts";
import type { Transport } from "./transport.ts";

/**
 * Before an import: which other data sets of the user hold data on the same days or of the same device, and whether the same
 * readings are among it. Takes the source, which is read for it, or the summary of one.
 */
export const findOverlaps = <E = never, R = never>(
  target: Target,
  record: StreamSource<E, R> | RecordSummary,
  { mostDays, ...options }: Omit<OverlapOptions, "signal"> = {}
): Effect.Effect<OverlapReport, ClientError | E, Transport | Ledger | R> => {
  if (isRecordSummary(record)) return operate(target, options, (engine) => findBy(engine, record));
  return withSource(record, (opened) => operate(target, options, (engine) => findBy(engine, opened, mostDays)));
};
