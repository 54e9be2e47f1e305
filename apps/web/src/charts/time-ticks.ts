import { formatTime } from "../format/date.ts";
import { daysBefore, midnightOf } from "../preview/local-days.ts";
import type { LocalTime } from "../preview/local-time.ts";

/** A mark on the time axis. */
export interface Tick {
  readonly time: number;
  readonly label: string;
}

const hour = 3_600_000;
const steps = [3, 6, 12, 24, 48, 72, 168, 336, 672, 1344, 2688];

/** Marks at whole local hours or days, as close together as their labels have room. */
export const timeTicks = (from: number, to: number, width: number, local: LocalTime): ReadonlyArray<Tick> => {
  const room = Math.max(1, Math.floor(width / 66));
  const step = steps.find((hours) => (to - from) / (hours * hour) <= room) ?? 5376;
  const ticks: Array<Tick> = [];
  let midnight = midnightOf(from, local);
  while (midnight < to) {
    for (let hours = 0; hours < 24; hours += step) {
      const elapsed = midnight + hours * hour;
      // Whole hours of the wall clock, on the days with 23 or 25 hours too.
      const time = elapsed - (local.offsetAt(elapsed) - local.offsetAt(midnight)) * 60_000;
      if (time >= from && time < to) ticks.push({ time, label: formatTime(time, local, hours === 0 ? "day" : "hour") });
    }
    midnight = daysBefore(midnight, -Math.max(1, step / 24), local);
  }
  return ticks;
};
