import { dayLength, minute } from "./durations.ts";
import { localOf } from "./local-days.ts";
import { type Percentiles, percentilesOf } from "./quantile.ts";
import type { LocalReadings } from "./reading-log.ts";
import type { Statistics } from "./summary.ts";
import { readingsAt } from "./weighed.ts";
import { type Withheld, withheld } from "./withheld.ts";

/** One time of the day, of all days together. */
export interface ProfileBin {
  /** Minutes after local midnight at which it begins. */
  readonly from: number;
  /** Readings in it. */
  readonly count: number;
  /** In mg/dL; undefined without readings. */
  readonly percentiles: Percentiles | undefined;
}

/** How a profile is made. */
export interface ProfileOptions {
  /** Minutes of each bin, a divisor of 1,440. Default: 60. */
  readonly binMinutes?: number | undefined;
}

const activeForProfile = 70;
const minutesOfDay = 1440;

/**
 * The ambulatory glucose profile: percentiles for each time of the wearer's day, not smoothed. Withheld where the sensor was
 * in use for less than 70 % of the period, or for less than 24 hours. Throws `RangeError` where bins do not fill a day.
 */
export const profileOf = (
  { readings, offsetAt }: LocalReadings,
  { covered, sensorActive }: Statistics,
  { binMinutes = 60 }: ProfileOptions
): ReadonlyArray<ProfileBin> | Withheld => {
  if (!(binMinutes > 0) || minutesOfDay % binMinutes !== 0) {
    throw new RangeError("The minutes of a bin must divide the 1,440 of a day.");
  }
  if (covered < dayLength) {
    return withheld(
      `A profile needs 24 hours of CGM readings; there are ${((covered / dayLength) * 24).toFixed(1)} hours.`
    );
  }
  if (sensorActive < activeForProfile) {
    const active = Math.floor(sensorActive);
    return withheld(
      `A profile needs a sensor in use for at least ${activeForProfile} % of the time; here it is ${active} %.`
    );
  }
  const bins = Array.from({ length: minutesOfDay / binMinutes }, (): Array<number> => []);
  for (let index = 0; index < readings.length; index++) {
    const local = localOf(readings.times[index] ?? 0, offsetAt);
    const ofDay = local - Math.floor(local / dayLength) * dayLength;
    bins[Math.floor(ofDay / (binMinutes * minute))]?.push(index);
  }
  return bins.map((bin, index) => ({
    from: index * binMinutes,
    count: bin.length,
    percentiles: bin.length === 0 ? undefined : percentilesOf(readingsAt(readings, bin))
  }));
};

/**
 * Smooths a profile as Tidepool's does: each percentile is the mean of itself four times and its neighbours once, on the
 * circle of the day; neighbours without readings do not count. Bins without readings stay so.
 */
export const smoothProfile = (profile: ReadonlyArray<ProfileBin>): ReadonlyArray<ProfileBin> =>
  profile.map((bin, index) => {
    if (bin.percentiles === undefined) return bin;
    const around = [profile.at(index - 1)?.percentiles, profile[(index + 1) % profile.length]?.percentiles];
    const all = [bin.percentiles, bin.percentiles, bin.percentiles, bin.percentiles, ...around].filter(
      (percentiles) => percentiles !== undefined
    );
    const mean = (name: keyof Percentiles): number =>
      all.reduce((sum, percentiles) => sum + percentiles[name], 0) / all.length;
    return {
      ...bin,
      percentiles: { p5: mean("p5"), p25: mean("p25"), p50: mean("p50"), p75: mean("p75"), p95: mean("p95") }
    };
  });
