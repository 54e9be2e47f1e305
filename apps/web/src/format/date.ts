import type { LocalTime } from "../preview/local-time.ts";

const formats = {
  day: new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", weekday: "short", day: "numeric", month: "short" }),
  date: new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" }),
  hour: new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
  full: new Intl.DateTimeFormat("en-GB", {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23"
  }),
  moment: new Intl.DateTimeFormat("en-GB", {
    timeZone: "UTC",
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23"
  })
};

/** A moment as the wall clock of the data showed it: `day` Tue 3 Mar, `date` 3 Mar 2026, `hour` 14:05, `moment` Tue 3 Mar, 14:05, `full` 3 Mar 2026, 14:05. */
export const formatTime = (time: number, local: LocalTime, as: keyof typeof formats): string =>
  formats[as].format(time + local.offsetAt(time) * 60_000);
