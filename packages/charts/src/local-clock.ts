import { localDayOf, localOf, midnightOf as midnightOfDay, type OffsetAt } from "@tideway/metrics";

/** The clock of UTC. */
export const utc: OffsetAt = () => 0;

/** Milliseconds of a minute. */
export const minute = 60_000;

/** Milliseconds of an hour. */
export const hour = 3_600_000;

/** Milliseconds of a day of 24 hours. */
export const dayLength = 86_400_000;

/** The moment at which the local day of a moment begins. */
export const midnightOf = (time: number, offsetAt: OffsetAt): number =>
  midnightOfDay(localDayOf(time, offsetAt), offsetAt);

/** The local midnight so many days later; days may have 23 or 25 hours. */
export const daysAfter = (midnight: number, days: number, offsetAt: OffsetAt): number =>
  midnightOf(midnight + days * dayLength + dayLength / 2, offsetAt);

const formats = {
  month: new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", month: "short", year: "numeric" }),
  day: new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", weekday: "short", day: "numeric", month: "short" }),
  weekday: new Intl.DateTimeFormat("en-GB", {
    timeZone: "UTC",
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric"
  }),
  date: new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" }),
  hour: new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
};

/** A moment as the wearer's clock showed it: `month` Mar 2026, `day` Tue 3 Mar, `weekday` Tuesday 3 March 2026, `date` 3 Mar 2026, `hour` 14:05. */
export const formatTime = (time: number, offsetAt: OffsetAt, as: keyof typeof formats): string =>
  formats[as].format(localOf(time, offsetAt));
