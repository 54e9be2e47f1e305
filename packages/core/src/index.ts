export type { Client, ClientOptions, Upload, UploadOptions } from "./client.ts";
export type { Entry, Source, SourceProblem } from "./entry.ts";
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
export type { Ledger, LedgerScope, SessionLedger } from "./ledger.ts";
export type { Progress } from "./progress.ts";
export type { Counts, Receipt, Rejection } from "./receipt.ts";
export type { CallOptions, DataQuery, DataSetQuery, Selector, Transport } from "./transport.ts";
export type { Difference, Verification } from "./verification.ts";
