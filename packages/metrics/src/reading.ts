import { mgdlOf } from "./mgdl-of.ts";

/** What the statistics look at in a CGM reading: any cbg datum, sent or stored, is one. */
export interface Reading {
  /** Anything but `cbg` is left out: a fingerstick says nothing about time. Default: `cbg`. */
  readonly type?: string | undefined;
  /** RFC 3339. */
  readonly time: string;
  readonly value: number;
  readonly units: string;
  /** Milliseconds until the next reading is due. Default: found from the times of the device's readings. */
  readonly sampleInterval?: number | undefined;
  /** Readings without one are taken for those of one device. */
  readonly deviceId?: string | undefined;
  /** Minutes ahead of UTC where the reading was taken; decides which day it counts for where no time zone is given. */
  readonly timezoneOffset?: number | undefined;
}

/** A reading in the form that is computed with. */
export interface Sample {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly mgdl: number;
  /** Milliseconds that the reading says it stands for; NaN where it does not say. */
  readonly stated: number;
  /** Minutes ahead of UTC; NaN where the reading does not say. */
  readonly offset: number;
  /** Empty where the reading does not say. */
  readonly device: string;
}

// Data that nobody has checked may hold anything in any member, and stored data null.
const numberOr = (value: unknown, otherwise: number): number =>
  typeof value === "number" && Number.isFinite(value) ? value : otherwise;

/** The sample that a reading is; or why it is none: not from a CGM, or without usable time, value or units. */
export const sampleOf = (reading: Reading): Sample | "notCgm" | "unusable" => {
  if (reading.type !== undefined && reading.type !== "cbg") return "notCgm";
  const time = Date.parse(reading.time);
  const mgdl = mgdlOf(reading.value, reading.units);
  if (mgdl === undefined || Number.isNaN(time)) return "unusable";
  const stated = numberOr(reading.sampleInterval, Number.NaN);
  return {
    time,
    mgdl,
    stated: stated > 0 ? stated : Number.NaN,
    offset: numberOr(reading.timezoneOffset, Number.NaN),
    device: typeof reading.deviceId === "string" ? reading.deviceId : ""
  };
};
