import { dateOf, localDayOf, midnightOf, type OffsetAt } from "@tideway/metrics";

/** The local date of a moment as a date field has it: `2026-03-01`. */
export const formatDateInput = (time: number, offsetAt: OffsetAt): string => dateOf(localDayOf(time, offsetAt));

/** The local midnight of what a date field has; undefined where it is empty or half typed. */
export const momentOfDate = (text: string, offsetAt: OffsetAt): number | undefined => {
  const time = Date.parse(text);
  // Half a year of four digits, while it is typed, is one of long ago.
  return Number.isNaN(time) || time < Date.UTC(1970, 0, 1) ? undefined : midnightOf(time / 86_400_000, offsetAt);
};
