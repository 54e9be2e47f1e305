// oxlint-disable-next-line import/no-unassigned-import
import "../require-node.ts";

export { findOverlaps } from "./find-overlaps.ts";
export { Ledger } from "./ledger.ts";
export { remove } from "./remove.ts";
export { session } from "./session.ts";
export type { StreamSource } from "./stream-source.ts";
export type { Target, EffectOptions } from "./target.ts";
export type {
  HeldSpan,
  SyncMemory,
  SyncOptions,
  SyncPass,
  SyncProgress,
  SyncReading,
  SyncRequest,
  SyncSource
} from "../contract/sync.ts";
export { synchronize } from "./synchronize.ts";
export { Transport } from "./transport.ts";
export { upload, uploadProgress, type EffectUploadOptions } from "./upload.ts";
export { verify } from "./verify.ts";
