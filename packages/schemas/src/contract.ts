// The names other packages build against while the schemas themselves grow. Replaced file by file.
export type Kind = string;
export type Datum = { readonly type: string; readonly [key: string]: unknown };
export type StoredDatum = { readonly type: string; readonly [key: string]: unknown };

/** A session, as the platform lists it. */
export interface DataSet {
  readonly id: string;
  readonly uploadId: string;
  readonly createdTime: string;
  readonly dataSetType: "continuous" | "normal";
  readonly client?: { readonly name?: string; readonly version?: string };
  readonly deduplicator?: { readonly name?: string; readonly version?: string };
  readonly deletedTime?: string;
  readonly [key: string]: unknown;
}
export interface DataSetCreate {
  readonly client?: { readonly name?: string; readonly version?: string };
  readonly dataSetType?: "continuous" | "normal";
  readonly deduplicator?: { readonly name?: string };
  readonly [key: string]: unknown;
}
