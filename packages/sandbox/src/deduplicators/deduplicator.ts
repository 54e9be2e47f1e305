import type { Step } from "../faults/step-barrier.ts";
import type { DataSetRecord, DatumSelection, Store } from "../store/store.ts";
import type { IncomingDatum } from "./incoming-datum.ts";

/** What a deduplicator works on. */
export interface Work {
  readonly store: Store;
  readonly dataSet: DataSetRecord;
  readonly datums: ReadonlyArray<IncomingDatum>;
}

/** How a data set treats what was sent before. */
export interface Deduplicator {
  readonly name: string;
  readonly version: string;
  /** Older names that still work. */
  readonly aliases: ReadonlyArray<string>;
  /** Whether a normal set without a name gets this one by itself. */
  readonly suits?: (dataSet: Readonly<Record<string, unknown>>) => boolean;
  /** What a POST of data does. Rejects where the platform answers 500. */
  readonly add: (work: Work) => ReadonlyArray<Step> | Promise<ReadonlyArray<Step>>;
  /** What a DELETE by selectors does. */
  readonly remove: (store: Store, dataSet: DataSetRecord, selection: DatumSelection) => void;
  /** What else closing does, before the data become active. */
  readonly close?: (store: Store, dataSet: DataSetRecord, now: number) => void;
  /** What else deleting does, before the data go. */
  readonly drop?: (store: Store, dataSet: DataSetRecord) => void;
}
