export type { DataSet, DataSetCreate, Datum, Kind, StoredDatum } from "./contract.ts";
export type { Check, Issue } from "./issue.ts";
