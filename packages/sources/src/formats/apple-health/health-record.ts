import type { RowFault } from "../../row-fault.ts";
import { type Glucose, glucoseRules, type GlucoseUnits, readGlucose } from "../../values/glucose.ts";
import type { HealthElement } from "./health-element.ts";
import { healthNumber } from "./health-number.ts";
import { healthInstant } from "./health-time.ts";
import { type Workout, workoutOf } from "./workout.ts";

/** What a record says. */
export type HealthContent =
  | { readonly kind: "glucose"; readonly glucose: Glucose; readonly isEntered: boolean }
  | { readonly kind: "basal" | "injection"; readonly units: number }
  | { readonly kind: "bolus"; readonly units: number; readonly isAutomatic: boolean }
  | { readonly kind: "carbs"; readonly grams: number }
  | { readonly kind: "workout"; readonly workout: Workout };

/** A record of Apple Health, understood. */
export interface HealthRecord {
  readonly row: number;
  /** The app or device that wrote it, as it calls itself: may hold the name of a person. */
  readonly source: string;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly end: number;
  /** The zone that the record itself names. */
  readonly zone: string | undefined;
  /** The name that the app which wrote it gave the record, so that it can replace it. */
  readonly sync: string | undefined;
  readonly content: HealthContent;
}

/** What of a record is wrong. */
export interface HealthFault {
  readonly row: number;
  readonly fault: RowFault;
}

/** Basal insulin within less than this is an injection, and none that a pump delivered. */
const shortestBasal = 60_000;
const mostInsulin = 250;
const mostCarbs = 1000;

const fault = (code: string, message: string, column?: string): RowFault => ({
  code,
  message,
  ...(column === undefined ? {} : { column })
});

/** `mg/dL`, or `mmol<180.15588>/L` with digits that differ from version to version. */
const glucoseUnits = (unit: string | undefined): GlucoseUnits | undefined => {
  if (/^mg\/dl$/iu.test(unit ?? "")) return "mg/dL";
  return /^mmol(?:<[\d.]+>)?\/l$/iu.test(unit ?? "") ? "mmol/L" : undefined;
};

const unknownUnits = fault("unknown-units", "The units are none that such records have.", "unit");

const glucose = ({ attributes, metadata }: HealthElement): HealthContent | RowFault => {
  const units = glucoseUnits(attributes.get("unit"));
  if (!units) return unknownUnits;
  const range = { low: 40, high: 400 };
  const read = readGlucose(attributes.get("value") ?? "", { units, range, decimal: "." });
  if (typeof read === "string") return fault(`glucose-${read}`, glucoseRules[read], "value");
  return { kind: "glucose", glucose: read, isEntered: metadata.get("HKWasUserEntered") === "1" };
};

const amount = (element: HealthElement, unit: string, most: number): number | RowFault => {
  if (element.attributes.get("unit") !== unit) return unknownUnits;
  const value = healthNumber(element.attributes.get("value"));
  if (value !== undefined && value >= 0 && value <= most) return value;
  return fault("bad-amount", `It is not a number from 0 to ${most}.`, "value");
};

const insulin = (element: HealthElement, duration: number): HealthContent | RowFault => {
  const units = amount(element, "IU", mostInsulin);
  if (typeof units !== "number") return units;
  const reason = element.metadata.get("HKInsulinDeliveryReason");
  if (reason === "1") return { kind: duration < shortestBasal ? "injection" : "basal", units };
  if (reason !== "2") return fault("no-reason", "It does not say whether the insulin was basal or a bolus.");
  const isAutomatic = element.metadata.get("com.loopkit.InsulinKit.MetadataKeyAutomaticallyIssued") === "1";
  return { kind: "bolus", units, isAutomatic };
};

const contentOf = (element: HealthElement, duration: number): HealthContent | RowFault => {
  if (element.name === "Workout") return { kind: "workout", workout: workoutOf(element, duration) };
  switch (element.attributes.get("type")) {
    case "HKQuantityTypeIdentifierBloodGlucose":
      return glucose(element);
    case "HKQuantityTypeIdentifierInsulinDelivery":
      return insulin(element, duration);
    default: {
      const grams = amount(element, "g", mostCarbs);
      return typeof grams === "number" ? { kind: "carbs", grams } : grams;
    }
  }
};

/** Understands an element. */
export const healthRecord = (element: HealthElement): HealthRecord | HealthFault => {
  const { row, attributes, metadata } = element;
  const source = attributes.get("sourceName");
  if (source === undefined)
    return { row, fault: fault("no-source", "It does not say which app wrote it.", "sourceName") };
  const start = healthInstant(attributes.get("startDate"));
  const end = healthInstant(attributes.get("endDate") ?? attributes.get("startDate"));
  if (start === undefined || end === undefined || end < start) {
    const message = "The time is not written as Apple Health writes it, does not exist, or ends before it begins.";
    return { row, fault: fault("bad-time", message, start === undefined ? "startDate" : "endDate") };
  }
  const content = contentOf(element, end - start);
  if ("code" in content) return { row, fault: content };
  const sync = metadata.get("HKMetadataKeySyncIdentifier") ?? metadata.get("HKExternalUUID");
  return { row, source, start, end, zone: metadata.get("HKTimeZone"), sync: sync === "" ? undefined : sync, content };
};
