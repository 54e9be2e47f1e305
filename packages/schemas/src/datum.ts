import type * as definitions from "./kinds.ts";
import type { ValueOf } from "./rule/rule.ts";

type Definitions = (typeof definitions)[keyof typeof definitions];

/** The name of a kind: its `type`, with `deliveryType` or `subType` where the type needs one. */
export type Kind = Definitions["kind"];
/** A datum of one kind as it may be written. */
export type DatumOf<K extends Kind> = ValueOf<Extract<Definitions, { readonly kind: K }>>;
/** Any datum as it may be written; narrows by `type`, and by `deliveryType` or `subType`. */
export type Datum = { [K in Kind]: DatumOf<K> }[Kind];

/** What the platform sets itself and gives back; ignored in what is written. */
export interface ServerSet {
  id: string;
  uploadId?: string;
  guid?: string;
  createdTime?: string;
  createdUserId?: string;
  modifiedTime?: string;
  modifiedUserId?: string;
  archivedTime?: string;
  archivedDatasetId?: string;
  deletedTime?: string;
  deletedUserId?: string;
  revision?: number;
  _active?: boolean;
  _deduplicator?: { hash?: string; name?: string; version?: string };
}

/** Units as the platform stores them. */
type StoredUnits<T> = T extends { units: "mg/dL" | "mg/dl" | "mmol/L" | "mmol/l" }
  ? Omit<T, "units"> & { units: "mmol/L" }
  : T;
/** A datum once embedded is a link, its id. */
type StoredLink<T, K extends string> = T extends { [L in K]?: unknown } ? Omit<T, K> & { [L in K]?: string } : T;
/** Written by one name, given back by another. */
type StoredRates<T> = T extends { rateOfChangeAlerts?: infer R }
  ? Omit<T, "rateOfChangeAlerts"> & { rateOfChangeAlert?: Exclude<R, undefined> }
  : T;
type Stored<T, K extends Kind> = K extends "wizard"
  ? StoredUnits<StoredLink<T, "bolus">>
  : K extends "deviceEvent/alarm" | "deviceEvent/reservoirChange"
    ? StoredLink<T, "status">
    : K extends "cgmSettings"
      ? StoredRates<StoredUnits<T>>
      : StoredUnits<T>;

/** A datum of one kind as it may come back: its numbers may lie outside what may be written. */
export type StoredDatumOf<K extends Kind> = Omit<Stored<DatumOf<K>, K>, keyof ServerSet> & ServerSet;
/** Any datum as it may come back. */
export type StoredDatum = { [K in Kind]: StoredDatumOf<K> }[Kind];

/** The definition of one kind. */
export type DefinitionOf<K extends Kind> = Extract<Definitions, { readonly kind: K }>;
