import { momentOf, type OffsetAt } from "@tideway/metrics";
import { daysAfter, formatTime, hour, midnightOf, minute } from "./local-clock.ts";

/** A mark on the time axis. */
export interface TimeTick {
  readonly time: number;
  readonly label: string;
}

const hourSteps = [1, 3, 6, 12];
const daySteps = [1, 2, 3, 7, 14];
const monthSteps = [1, 2, 3, 6, 12, 24, 60];
const labelWidth = 66;

/** The firsts of months on the wearer's clock, each so many months. */
const monthTicks = (from: number, to: number, step: number, offsetAt: OffsetAt): ReadonlyArray<TimeTick> => {
  const start = new Date(from + offsetAt(from) * minute);
  const ticks: Array<TimeTick> = [];
  for (let month = Math.floor(start.getUTCMonth() / step) * step; ; month += step) {
    const time = momentOf(Date.UTC(start.getUTCFullYear(), month, 1), offsetAt);
    if (time >= to) return ticks;
    if (time >= from) ticks.push({ time, label: formatTime(time, offsetAt, "month") });
  }
};

/** Marks at whole local hours, days or months, as close together as their labels have room in so many pixels. */
export const timeTicks = (from: number, to: number, width: number, offsetAt: OffsetAt): ReadonlyArray<TimeTick> => {
  const room = Math.max(1, Math.floor(width / labelWidth));
  const hours = (to - from) / hour;
  const byHours = hourSteps.find((step) => hours / step <= room);
  const byDays = daySteps.find((step) => hours / 24 / step <= room);
  if (byHours === undefined && byDays === undefined) {
    const months = hours / 24 / 30;
    return monthTicks(from, to, monthSteps.find((step) => months / step <= room) ?? 120, offsetAt);
  }
  const ticks: Array<TimeTick> = [];
  let midnight = midnightOf(from, offsetAt);
  while (midnight < to) {
    for (let ofDay = 0; ofDay < 24; ofDay += byHours ?? 24) {
      const elapsed = midnight + ofDay * hour;
      // Whole hours of the wall clock, on the days with 23 or 25 hours too.
      const time = elapsed - (offsetAt(elapsed) - offsetAt(midnight)) * minute;
      const label = formatTime(time, offsetAt, ofDay === 0 && hours > 26 ? "day" : "hour");
      if (time >= from && time < to) ticks.push({ time, label });
    }
    midnight = daysAfter(midnight, byHours === undefined ? (byDays ?? 1) : 1, offsetAt);
  }
  return ticks;
};
