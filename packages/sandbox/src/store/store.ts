import type { TokenRecord } from "./token-record.ts";
import type { UserRecord } from "./user-record.ts";

/** A data set as kept. */
export interface DataSetRecord {
  /** Unique; what the routes call the data set's id. */
  readonly uploadId: string;
  readonly userId: string;
  /** Listed or not. */
  readonly active: boolean;
  readonly closed: boolean;
  /** Milliseconds since 1970. */
  readonly createdTime: number;
  readonly deleted: boolean;
  /** Rises by one with every update, as the platform's `revision`. */
  readonly revision: number;
  /** The data set as it is answered. */
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * What became of a stored datum: `pending` waits in an open normal set; `active` is what readers see; `archived` was
 * replaced or deleted by selector and may come back; `marked` is on its way out, between two steps of a deduplicator.
 */
export type DatumState = "pending" | "active" | "archived" | "marked";

/** A datum as kept. */
export interface DatumRecord {
  readonly originId: string | undefined;
  readonly type: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly hash: string | undefined;
  readonly state: DatumState;
  /** The datum as it is answered, members sorted by name. */
  readonly json: string;
}

/** Which datums of a data set are meant: those with one of these origin ids, ids or hashes. */
export type DatumSelection =
  | { readonly by: "origin"; readonly values: ReadonlyArray<string> }
  | { readonly by: "id"; readonly values: ReadonlyArray<string> }
  | { readonly by: "hash"; readonly values: ReadonlyArray<string> };

/** Which data sets to list, newest first. */
export interface DataSetListing {
  readonly userId: string;
  readonly clientName?: string | undefined;
  readonly deviceId?: string | undefined;
  readonly deleted: boolean;
  readonly offset: number;
  readonly limit: number;
}

/** Which active datums to read. */
export interface DatumReading {
  readonly uploadIds: ReadonlyArray<string>;
  readonly types?: ReadonlySet<string> | undefined;
  /** Milliseconds since 1970; both ends included. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/**
 * Where a sandbox keeps what it was given. Small steps; what they mean together is the deduplicators' business. All calls are
 * synchronous, so that a transaction can never interleave with another request.
 */
export interface Store {
  /** Runs the work as one; what it changed is durable when this returns, and undone when it throws. */
  transaction<Result>(work: () => Result): Result;
  close(): void;

  /** False when the upload id is taken. */
  insertDataSet(dataSet: DataSetRecord): boolean;
  getDataSet(uploadId: string): DataSetRecord | undefined;
  updateDataSet(dataSet: DataSetRecord): void;
  /** Removes the data set and all its data. */
  removeDataSet(uploadId: string): void;
  listDataSets(listing: DataSetListing): ReadonlyArray<DataSetRecord>;
  /** Every data set of a user, listed or not, oldest first. */
  dataSetsOf(userId: string): ReadonlyArray<DataSetRecord>;

  insertDatums(uploadId: string, datums: ReadonlyArray<DatumRecord>): void;
  /** Every unmarked datum selected becomes `marked`. */
  markDatums(uploadId: string, selection: DatumSelection): void;
  /** Removes the marked ones among those selected. */
  destroyMarked(uploadId: string, selection: DatumSelection): void;
  /** Active ones selected become `archived`. */
  archiveDatums(uploadId: string, selection: DatumSelection): void;
  /** Removes those selected, or all. */
  removeDatums(uploadId: string, selection?: DatumSelection): void;
  /** Pending and archived ones become `active`. */
  activateDatums(uploadId: string): void;
  /** The active ones selected. */
  findActive(uploadId: string, selection: DatumSelection): ReadonlyArray<DatumRecord>;
  /** Archives the user's active datums of a device whose hash occurs in the data set. */
  archiveByHashes(userId: string, deviceId: string, uploadId: string): void;
  /**
   * Undoes `archiveByHashes` for the data set: what it archived becomes as the set's own equal datum is, active or archived for
   * another set.
   */
  unarchiveByHashes(userId: string, deviceId: string, uploadId: string): void;
  /** Removes the user's datums of a device from all data sets but one. */
  removeDeviceDatums(userId: string, deviceId: string, exceptUploadId: string): void;
  /** Active datums, data set by data set in the order of insertion; may be left half-way. */
  readDatums(reading: DatumReading): Iterable<DatumRecord>;
  /** How many active datums a data set holds, by type. */
  countDatums(uploadId: string): Readonly<Record<string, number>>;

  putUser(user: UserRecord): void;
  getUser(userId: string): UserRecord | undefined;
  /** E-mail addresses compare without case. */
  findUser(email: string): UserRecord | undefined;
  users(): ReadonlyArray<UserRecord>;

  putToken(token: TokenRecord): void;
  getToken(hash: string): TokenRecord | undefined;
  removeToken(hash: string): void;
  /** Removes every token that came from one login. */
  removeTokenFamily(family: string): void;

  /** A small value of the sandbox's own, such as its signing key. */
  getSetting(name: string): string | undefined;
  putSetting(name: string, value: string): void;
}
