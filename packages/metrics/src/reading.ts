import { mgdlOf } from "./mgdl-of.ts";

/** What the statistics look at in a CGM reading: any cbg datum, sent or stored, is one. */
export interface Reading {
  /** Anything but `cbg` is left out: a fingerstick says nothing about time. Default: `cbg`. */
  readonly type?: string | undefined;
  /** RFC 3339. */
  readonly time: string;
  readonly value: number;
  readonly units: string;
  /** Milliseconds until the next reading is due. Default: 15 min for a Libre 1 or 2, otherwise 5 min. */
  readonly sampleInterval?: number | undefined;
  readonly deviceId?: string | undefined;
  /** Minutes ahead of UTC where the reading was taken; decides which day it counts for. Default: 0. */
  readonly timezoneOffset?: number | undefined;
}

/** A reading in the form that is computed with. */
export interface Sample {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly mgdl: number;
  /** Milliseconds that the reading stands for. */
  readonly interval: number;
  /** The local day, counted from 1970. */
  readonly day: number;
}

const minute = 60_000;
const dayLength = 24 * 60 * minute;

// Data that nobody has checked may hold anything here, and stored data null.
const intervalOf = ({ sampleInterval, deviceId }: Reading): number => {
  if (Number.isFinite(sampleInterval) && Number(sampleInterval) > 0) return Number(sampleInterval);
  const isLibre =
    typeof deviceId === "string" &&
    deviceId.startsWith("AbbottFreeStyleLibre") &&
    !deviceId.startsWith("AbbottFreeStyleLibre3");
  return (isLibre ? 15 : 5) * minute;
};

/** The sample that a reading is; undefined where it is no CGM reading, or has no usable time, value or units. */
export const sampleOf = (reading: Reading): Sample | undefined => {
  if (reading.type !== undefined && reading.type !== "cbg") return undefined;
  const time = Date.parse(reading.time);
  const mgdl = mgdlOf(reading.value, reading.units);
  if (mgdl === undefined || Number.isNaN(time)) return undefined;
  const local = time + (reading.timezoneOffset ?? 0) * minute;
  return { time, mgdl, interval: intervalOf(reading), day: Math.floor(local / dayLength) };
};
