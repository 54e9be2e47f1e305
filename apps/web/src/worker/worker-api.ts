import type { Counts, OverlapReport, Progress } from "@tideway/core";
import type { LoggedRequest } from "@tideway/sandbox";
import type { Opened } from "../preview/opened.ts";
import type { PeriodQuery, PeriodView } from "../preview/preview-records.ts";
import type { RecordPage, RecordQuery } from "../preview/record-table.ts";
import type { FaultName } from "../sandbox/fault-switches.ts";
import type { SessionRow } from "../sandbox/tab-tidepool.ts";
import type { Failure, Selection } from "./messages.ts";
import type { Outcome } from "./upload-files.ts";

/** What became of a task: errors lose their class between threads, so that they go as values. */
export type Result<A> = { readonly value: A } | { readonly failure: Failure };

/** What an upload tells while it runs. */
export type UploadEvent =
  | { readonly type: "progress"; readonly event: Progress }
  /** All is sent; so many records are read back so far. */
  | { readonly type: "checking"; readonly readBack: number };

/** What the worker does for the page: it reads, computes and holds the sandbox, so that the page stays quick. */
export interface WorkerApi {
  /** Opens files; the answers below are about those that were opened last. */
  open(selection: Selection, task: number, onCounts: (counts: Counts) => void): Promise<Result<Opened>>;
  /** The numbers of a period of what is opened. */
  view(query: PeriodQuery): Promise<Result<PeriodView>>;
  /** A part of the table of what is opened. */
  records(query: RecordQuery): Promise<Result<RecordPage>>;
  /** The datum of a row of that table. */
  datumAt(row: number): Promise<Result<Readonly<Record<string, unknown>>>>;
  /** Which other data sets of the account hold the same. */
  overlaps(selection: Selection): Promise<Result<OverlapReport>>;
  upload(selection: Selection, task: number, onEvent: (event: UploadEvent) => void): Promise<Result<Outcome>>;
  /** Ends a task early. */
  stop(task: number): void;
  /** Lets an upload take nothing more from its files, or go on. */
  pause(isPaused: boolean): void;
  /** Deletes what the last upload sent; resolves to how many datums. */
  undo(): Promise<Result<number>>;
  sessions(): Promise<Result<ReadonlyArray<SessionRow>>>;
  /** Makes the sandbox fail in these ways from now on. */
  setFaults(names: ReadonlyArray<FaultName>): Promise<Result<null>>;
  /** Deletes the session while an upload may be running into it. */
  deleteSession(): Promise<Result<null>>;
  /** The last requests that the sandbox answered, newest first. */
  log(): Promise<Result<ReadonlyArray<LoggedRequest>>>;
  /** Why what is sent is gone with the page; undefined where it is kept. */
  unkept(): Promise<Result<string | undefined>>;
  /** Deletes all that this page has kept in the browser. */
  erase(): Promise<Result<null>>;
}
