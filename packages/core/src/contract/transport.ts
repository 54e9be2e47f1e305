import type { DataSet, DataSetCreate, StoredDatum } from "@tideway/schemas";

/** What every call takes: it ends when the signal fires, rejecting with the signal's reason. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /**
   * Longest silence, in milliseconds: from the start, or from the last byte that was seen to move; then the call rejects with
   * `Unanswered`. Default: the transport's own.
   */
  readonly deadline?: number;
  /** Told whenever bytes of the request or its answer have moved, where that is to be seen: a slow line is not a dead one. */
  readonly onProgress?: () => void;
}

/** Which data sets to list: the server's own parameters, no others exist. */
export interface DataSetQuery {
  /** The name of the app that opened it: exact, case-sensitive. */
  readonly appName?: string;
  readonly deviceId?: string;
  /** Deleted ones as well. Default: false. */
  readonly deleted?: boolean;
  /** From 0. Default: 0. */
  readonly page?: number;
  /** 1 to 1,000. Default: 100. */
  readonly size?: number;
}

/** Which data to read back. */
export interface DataQuery {
  /** One data set's data, and no filter of the server's own: the way to read back an upload. */
  readonly uploadId?: string;
  readonly type?: ReadonlyArray<string>;
  readonly subType?: ReadonlyArray<string>;
  readonly deviceId?: string;
  /** RFC 3339, both ends included. */
  readonly startDate?: string;
  readonly endDate?: string;
  readonly latest?: boolean;
  /**
   * Across data sets: also what the server leaves out there, because a linked service has readings of the same time, or because
   * it came from CareLink. With `uploadId` nothing is left out anyway. Default: false.
   */
  readonly unfiltered?: boolean;
}

/** One datum, or the datums of one origin id, to delete. A request holds selectors of one kind. */
export type Selector = { readonly origin: { readonly id: string } } | { readonly id: string };

/**
 * The port through which core speaks to a Tidepool. Shaped in Promises so that anyone can write one.
 *
 * A call makes exactly one request and decides nothing: retrying, waiting and giving up are core's. It rejects with one
 * of the `TransportError` classes, or with the signal's reason when aborted. `userId` is the user whose data it is, who
 * may differ from the one logged in.
 */
export interface Transport {
  /** Names the server: everything that goes to one server shares its pauses. An origin such as `https://api.tidepool.org`. */
  readonly server: string;
  listDataSets(userId: string, query: DataSetQuery, options?: CallOptions): Promise<ReadonlyArray<DataSet>>;
  /** Not idempotent: each call that arrives makes a data set. */
  createDataSet(userId: string, body: DataSetCreate, options?: CallOptions): Promise<DataSet>;
  deleteDataSet(dataSetId: string, options?: CallOptions): Promise<void>;
  /** `body` is a JSON array of datums, ready to send; resolves when the server answered 200. */
  postData(dataSetId: string, body: Uint8Array | string, options?: CallOptions): Promise<void>;
  deleteData(dataSetId: string, selectors: ReadonlyArray<Selector>, options?: CallOptions): Promise<void>;
  /**
   * Streams; the server promises no order. Without an `uploadId`, of all data sets, whose ids are in the datums. Where no type is asked for, the data set's own record, of type `upload`, comes
   * along with its data.
   */
  readData(userId: string, query: DataQuery, options?: CallOptions): AsyncIterable<StoredDatum>;
}
