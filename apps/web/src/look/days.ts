import type { LocalTime } from "./local-time.ts";
import type { Day } from "./preview.ts";

const dayLength = 86_400_000;

/** A clock that stands wrong by decades shall not draw decades of empty days. */
const mostDays = 400;

/** The midnight, in UTC milliseconds, of the local day that a moment belongs to. */
export const midnightOf = (time: number, local: LocalTime): number => {
  const day = Math.floor((time + local.offsetAt(time) * 60_000) / dayLength) * dayLength;
  return day - local.offsetAt(day - local.offsetAt(time) * 60_000) * 60_000;
};

/** The local midnight some days before (or, below 0, after) one; days may have 23 or 25 hours. */
export const daysBefore = (midnight: number, days: number, local: LocalTime): number =>
  midnightOf(midnight - days * dayLength + dayLength / 2, local);

/** How many datums each local day has, from the first day to the last; the latest 400 days where there are more. */
export const daysOf = (times: ReadonlyArray<number>, local: LocalTime): ReadonlyArray<Day> => {
  const counts = new Map<number, number>();
  for (const time of times) {
    const day = Math.floor((time + local.offsetAt(time) * 60_000) / dayLength);
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  const sorted = [...counts.keys()].sort((a, b) => a - b);
  const last = sorted.at(-1) ?? 0;
  const first = Math.max(sorted[0] ?? 0, last - mostDays + 1);
  return Array.from({ length: sorted.length === 0 ? 0 : last - first + 1 }, (_, index) => ({
    start: midnightOf(
      (first + index) * dayLength + dayLength / 2 - local.offsetAt((first + index) * dayLength) * 60_000,
      local
    ),
    datums: counts.get(first + index) ?? 0
  }));
};
