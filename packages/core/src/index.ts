// First: a Node that is too old is told so before anything else fails in it.
// oxlint-disable-next-line import/no-unassigned-import
import "./require-node.ts";

export { createClient } from "./promise/create-client.ts";
export { createClientOf } from "./promise/create-client-of.ts";
export {
  LedgerFailed,
  CountMismatch,
  SessionLost,
  SourceEmpty,
  SourceFailed,
  InternalError,
  UploadAborted,
  UploadStopped,
  fromUnknown,
  type ClientError
} from "./contract/errors/client-error.ts";
export type {
  App,
  Client,
  ClientOptions,
  OperationOptions,
  OverlapOptions,
  Upload,
  UploadOptions
} from "./contract/client.ts";
export type { Datum, DatumOf, Kind } from "@tideway/schemas";
export type { Entry, OpenSource, Pages, Place, Source, SourceProblem, Utf8Slice } from "./contract/entry.ts";
export {
  Forbidden,
  NotFound,
  Refused,
  ServerFailed,
  SessionClosed,
  Throttled,
  TooLarge,
  Unanswered,
  Unauthenticated,
  UnexpectedAnswer,
  Unreachable,
  type TransportError
} from "./contract/errors/transport-error.ts";
export type {
  Acknowledged,
  InDoubtWrite,
  Ledger,
  LedgerScope,
  Sample,
  Samples,
  SessionLedger
} from "./contract/ledger.ts";
export {
  isForbidden,
  isLedgerFailed,
  isCountMismatch,
  isNotFound,
  isRefused,
  isServerFailed,
  isSessionClosed,
  isSessionLost,
  isSourceEmpty,
  isSourceFailed,
  isThrottled,
  isTooLarge,
  isUnanswered,
  isUnauthenticated,
  isUnexpectedAnswer,
  isInternalError,
  isUnreachable,
  isUploadAborted,
  isUploadStopped
} from "./contract/errors/error-guards.ts";
export { TidewayError, isTidewayError } from "./contract/errors/tagged-error.ts";
export { createMemoryLedger } from "./ledger/memory-ledger.ts";
export type { Position, Progress } from "./contract/progress.ts";
export type { Counts, Receipt, Rejection } from "./contract/receipt.ts";
export type { Item } from "./contract/item.ts";
export { telemetry } from "./telemetry/telemetry.ts";
export type { CallOptions, DataQuery, DataSetQuery, Selector, Transport } from "./contract/transport.ts";
export type { Difference, Verification } from "./contract/verification.ts";
export type { Waiting } from "./contract/waiting.ts";
export type {
  Chunking,
  Culprit,
  FailureClass,
  Isolation,
  Pacing,
  Policy,
  PolicyOptions,
  Retry,
  Search,
  Settling,
  Sizing
} from "./contract/policy.ts";
export type {
  ComparedReading,
  LinkedService,
  Overlap,
  OverlapReport,
  Quantity,
  RecordSummary
} from "./contract/overlap.ts";
export { RecordSummaryBuilder } from "./operations/overlap/record-summary-builder.ts";
export type { Mirror, MirrorWindow } from "./contract/mirror-window.ts";
export type { OriginOptions } from "./contract/origin.ts";
export type { RetryOptions } from "./contract/retry-options.ts";
export { forServers, forUnattendedJobs } from "./policy/retry-presets.ts";
export { unknownDatums } from "./source/unknown-datums.ts";
