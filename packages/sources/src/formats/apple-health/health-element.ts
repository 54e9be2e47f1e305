import type { RowFault } from "../../row-fault.ts";
import type { Attributes } from "./read-attributes.ts";

/** A record or workout of Apple Health, with what stands inside it. */
export interface HealthElement {
  readonly name: "Record" | "Workout";
  /** The line of its start tag, from 1. */
  readonly row: number;
  readonly attributes: Attributes;
  /** Of its metadata, what datums need. */
  readonly metadata: ReadonlyMap<string, string>;
  /** Of a workout: distance, energy and so on. */
  readonly statistics: ReadonlyArray<Attributes>;
}

/** An element, or what is wrong with one. */
export type HealthItem = HealthElement | { readonly row: number; readonly fault: RowFault };

/** Kinds of records that become datums: `HKQuantityTypeIdentifier` stands before each. */
export const quantities = ["BloodGlucose", "InsulinDelivery", "DietaryCarbohydrates"] as const;

/** Metadata that a datum depends on. */
export const wantedMetadata: ReadonlySet<string> = new Set([
  "HKWasUserEntered",
  "HKInsulinDeliveryReason",
  "HKTimeZone",
  "HKMetadataKeySyncIdentifier",
  "HKExternalUUID",
  "com.loopkit.InsulinKit.MetadataKeyAutomaticallyIssued"
]);
