import { readMoment } from "../../time/read-moment.ts";

const pattern = /^(?<moment>\d{4}-.{1,30}?)\s*(?:Z|(?<sign>[+-])(?<hours>\d\d):?(?<minutes>\d\d))$/u;

/**
 * The moment of `2024-01-31 22:56:00 -0700`, in milliseconds since 1970; `undefined` where it is none. The offset is that of the phone
 * on the day of the export, whatever the zone was when the record was made: it says when, and not what a clock showed.
 */
export const healthInstant = (text: string | undefined): number | undefined => {
  const { moment, sign, hours = "0", minutes = "0" } = pattern.exec(text ?? "")?.groups ?? {};
  const wall = moment === undefined ? undefined : readMoment(moment, "ymd");
  if (wall === undefined) return undefined;
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === "-" ? wall + offset : wall - offset;
};
