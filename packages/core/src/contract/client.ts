import type { DataSet, DatumModel } from "@tideway/schemas";
import type { Source } from "./entry.ts";
import type { Ledger } from "./ledger.ts";
import type { Mirror } from "./mirror-window.ts";
import type { OriginOptions } from "./origin.ts";
import type { OverlapReport, RecordSummary } from "./overlap.ts";
import type { PolicyOptions } from "./policy.ts";
import type { Progress } from "./progress.ts";
import type { Receipt, Rejection } from "./receipt.ts";
import type { RetryOptions } from "./retry-options.ts";
import type { Transport } from "./transport.ts";
import type { Verification } from "./verification.ts";
import type { Waiter } from "./waiting.ts";

/** A program, as it names itself to Tidepool. */
export interface App {
  /** In reverse domain form by custom: `org.example.app`. */
  readonly name: string;
  readonly version: string;
}

/** Options of `createClient`: who uploads, for whom, and how. */
export interface ClientOptions extends RetryOptions {
  readonly transport: Transport;
  /** The user whose data it is. */
  readonly userId: string;
  /** Your program. There is one session for each name. */
  readonly app: App;
  /** What the session is known to hold. Default: none, everything is sent. */
  readonly ledger?: Ledger;
  /** What goes into the origin of datums that come without one. Default: the app's name, `application`. */
  readonly origin?: OriginOptions;
  /** Every decision of the engine: chunk sizes, pace, waits, and retries in detail, which come before those named above. */
  readonly policy?: PolicyOptions;
}

/** The same, with the kinds of datum that are known. */
export interface ModelledOptions extends ClientOptions {
  /** `everyKind`, or a `modelOf` some: what is of no kind in it is rejected. */
  readonly model: DatumModel;
}

/** Options of one upload. */
export interface UploadOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (event: Progress) => void;
  /** Every rejection and skip, as it happens; the receipt keeps only the first. */
  readonly onRejected?: (rejection: Rejection) => void;
  /** Datums in a chunk, 1 to 1,000. Default: 1,000. */
  readonly chunkSize?: number;
  /** Chunks in flight together, at least 1. Default: 4. */
  readonly concurrency?: number;
  /** How many rejections the receipt keeps, at least 0. Default: 1,000. */
  readonly keepRejections?: number;
  /**
   * Deletes from the session what the ledger knows and the source no longer has. Needs a ledger. Nothing is deleted where
   * the source had parts that could not be recognised, and a source without one datum is refused. Where the source holds a part of
   * its past only, give the windows that it holds whole: what lies outside stays. For that they are read back, if anything seems
   * gone. Default: false.
   */
  readonly mirror?: Mirror;
  /**
   * Sends everything, even what is unchanged according to the ledger; the ledger is updated, and right afterwards. The
   * command line's `--resend`. Default: false.
   */
  readonly resend?: boolean;
  /**
   * Leaves out the spot check at the start, which reads whether the session still holds what the ledger says: one or two small requests,
   * none where the ledger is empty; it sees what other programs deleted or changed. The command line's `--trust-ledger`.
   * Default: false.
   */
  readonly trustLedger?: boolean;
  /**
   * Longest to wait for another program, or another tab, that holds the ledger for this session, in milliseconds; after
   * that the upload stops with a `LedgerFailed` that `isBusy`. Uploads of one process are not meant: they wait for each other
   * as long as it takes, or until the signal. Default: 30,000.
   */
  readonly busyTimeout?: number;
  /** Called for every wait, as `onProgress` is with the event `waiting`. */
  readonly onWait?: Waiter["onWait"];
}

/** A running upload: await it for the receipt, or iterate it for its progress. */
export interface Upload extends Promise<Receipt>, AsyncIterable<Progress> {}

/** Options of any other operation. */
export interface OperationOptions {
  readonly signal?: AbortSignal;
  /** Called for every wait: for a pause that the server asked for, before another try, for a request that may still be running. */
  readonly onWait?: Waiter["onWait"];
  /** Longest to wait for another program that holds the ledger, in milliseconds, as in `UploadOptions`. Default: 30,000. */
  readonly busyTimeout?: number;
}

/** Options of `findOverlaps`. */
export interface OverlapOptions extends Pick<OperationOptions, "signal" | "onWait"> {
  /** Of a source: the most days to look at, at least 2. `Number.POSITIVE_INFINITY` for all. Default: 31. */
  readonly mostDays?: number;
}

/** The Promise face. */
export interface Client {
  readonly session: {
    /** The session of this app, the oldest usable one; undefined where there is none. All pages are looked at. */
    find(options?: OperationOptions): Promise<DataSet | undefined>;
    /** Every session of this app, also those that other devices opened. */
    list(options?: OperationOptions): Promise<ReadonlyArray<DataSet>>;
    /** Finds the session, or opens one: one session however many ask at once. */
    ensure(options?: OperationOptions): Promise<{ readonly session: DataSet; readonly opened: boolean }>;
  };
  upload(source: Source, options?: UploadOptions): Upload;
  /** Deletes by origin id, and only in this session. Resolves to how many were asked for. */
  remove(originIds: Iterable<string> | AsyncIterable<string>, options?: OperationOptions): Promise<number>;
  /**
   * Reads the session back and compares it with the source, datum by datum. Where the client has a ledger, the next upload
   * sends what is missing, different or doubled: exactly one copy of it stays.
   */
  verify(source: Source, options?: OperationOptions): Promise<Verification>;
  /**
   * Before an import: which other data sets of this user hold data on the same days or of the same device, and whether the same
   * readings are among it. Takes the source, which is read for it, or the summary of one. Reads back the days of its sample, at
   * most seven in a request; needs the right to view.
   */
  findOverlaps(record: Source | RecordSummary, options?: OverlapOptions): Promise<OverlapReport>;
}
