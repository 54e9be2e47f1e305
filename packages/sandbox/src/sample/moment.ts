import type { SampleMoment } from "./datums.ts";

const minute = 60_000;

/** Tells instants as a device in one zone does. */
export const createMoments = (timezone: string): ((instant: number) => SampleMoment) => {
  // The Swedish way to write a date is the ISO one.
  const local = new Intl.DateTimeFormat("sv-SE", { timeZone: timezone, dateStyle: "short", timeStyle: "medium" });
  return (instant) => {
    const deviceTime = local.format(instant).replace(" ", "T");
    const timezoneOffset = Math.round((Date.parse(`${deviceTime}Z`) - instant) / minute);
    return { time: new Date(instant).toISOString(), deviceTime, timezone, timezoneOffset };
  };
};
