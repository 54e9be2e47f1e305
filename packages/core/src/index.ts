export { createClient } from "./create-client.ts";
export { createClientOf } from "./create-client-of.ts";
export {
  LedgerFailed,
  NotAddingUp,
  SessionLost,
  SourceEmpty,
  SourceFailed,
  Unforeseen,
  UploadAborted,
  UploadStopped,
  fromUnknown,
  type ClientError
} from "./client-error.ts";
export type { Client, ClientOptions, OperationOptions, Upload, UploadOptions } from "./client.ts";
export type { Datum, DatumOf, Kind } from "@tideway/schemas";
export type { Entry, OpenSource, Pages, Place, Source, SourceProblem, Utf8Slice } from "./entry.ts";
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
} from "./errors.ts";
export type { Acknowledged, Doubt, Ledger, LedgerScope, Sample, Samples, SessionLedger } from "./ledger.ts";
export {
  isForbidden,
  isLedgerFailed,
  isNotAddingUp,
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
  isUnforeseen,
  isUnreachable,
  isUploadAborted,
  isUploadStopped
} from "./error-guards.ts";
export { TidewayError, isTidewayError } from "./tagged-error.ts";
export { createMemoryLedger } from "./memory-ledger.ts";
export type { Chunking } from "./policy/chunking.ts";
export type { Isolation } from "./policy/isolation.ts";
export type { Culprit, Search } from "./policy/search.ts";
export type { Pacing } from "./policy/pacing.ts";
export type { Policy, PolicyOptions } from "./policy/policy.ts";
export type { Sizing } from "./policy/request-size.ts";
export type { FailureClass, Retry } from "./policy/retry.ts";
export type { Settling } from "./policy/settling.ts";
export type { Progress } from "./progress.ts";
export type { Counts, Receipt, Rejection } from "./receipt.ts";
export type { Item } from "./upload/item.ts";
export type { OriginOptions } from "./upload/identify.ts";
export { unknownDatums } from "./unknown-datums.ts";
export { telemetry } from "./telemetry.ts";
export type { CallOptions, DataQuery, DataSetQuery, Selector, Transport } from "./transport.ts";
export type { Difference, Verification } from "./verification.ts";
export type { Waiting } from "./waiting.ts";
