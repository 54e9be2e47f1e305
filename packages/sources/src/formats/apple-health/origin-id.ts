import { toMgdl } from "@tideway/schemas";
import { originId } from "../../identity/origin-of.ts";
import type { HealthContent, HealthRecord } from "./health-record.ts";

const words: Readonly<Record<HealthContent["kind"], string>> = {
  // Whether it was a sensor's is found from other records: finding more must not make another record of it.
  glucose: "glucose",
  basal: "basal",
  injection: "insulin",
  bolus: "bolus",
  carbs: "food",
  workout: "physicalActivity"
};

/**
 * What tells a record apart: the app that wrote it, with the app's own name for it or else the moments when it began and ended. Not
 * its value, which comes in the units that the phone is set to, and nothing of the offset, which is that of the phone on the day of
 * the export.
 */
const parts = ({ source, sync, start, end, content: { kind } }: HealthRecord): ReadonlyArray<string | number> =>
  sync === undefined ? [source, words[kind], start, end] : [source, words[kind], "sync", sync];

/** The key by which records of a file are compared. */
export const healthKey = (record: HealthRecord): string => parts(record).join("\0");

/** The origin id: the app's name may be that of a person's phone, so that nothing of the key is readable. */
export const healthOriginId = (record: HealthRecord, occurrence: number): string =>
  originId({
    source: "apple-health",
    parts: parts(record),
    type: words[record.content.kind],
    occurrence,
    personal: true
  });

/** The number that records of one key are put in order by. */
export const healthAmount = ({ sync, start, content }: HealthRecord): number => {
  if (sync !== undefined) return start;
  switch (content.kind) {
    case "glucose":
      return mgdlOf(content.glucose);
    case "carbs":
      return content.grams;
    case "workout":
      return content.workout.duration.value;
    default:
      return content.units;
  }
};

/** What of a record counts: two with the same are one record. */
export const healthContent = (record: HealthRecord): string => {
  const { content, start, end } = record;
  const value =
    content.kind === "workout"
      ? content.workout.activityType
      : Math.round(healthAmount({ ...record, sync: undefined }) * 1e4);
  return `${start} ${end} ${content.kind} ${value}`;
};

/** A glucose value in mg/dL. */
export const mgdlOf = ({ value, units }: { readonly value: number; readonly units: string }): number =>
  units === "mg/dL" ? value : toMgdl(value);
