/** A point in time to the nanosecond, as the platform has it before it stores it. */
export interface Instant {
  /** Since 1970-01-01T00:00:00Z; whole, and the floor for instants before. */
  readonly seconds: number;
  /** From 0 to 999,999,999. */
  readonly nanos: number;
}

// What Go's time package takes for these layouts, oddities included: one-digit hours, comma fractions of any length,
// offsets up to +24:60. Found by running it, and pinned by the recorded cases.
export const rfc3339Pattern =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]?\d|2[0-3]):[0-5]\d:[0-5]\d(?:[.,]\d+)?(?:Z|[+-](?:[01]\d|2[0-4]):(?:[0-5]\d|60))$/;
export const localTimePattern =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]?\d|2[0-3]):[0-5]\d:[0-5]\d(?:[.,]\d+)?$/;

const digit = (text: string, index: number): number => text.charCodeAt(index) - 48;
const two = (text: string, index: number): number => digit(text, index) * 10 + digit(text, index + 1);
const yearOf = (text: string): number => two(text, 0) * 100 + two(text, 2);

export const daysInMonth = (year: number, month: number): number => {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
};

const dayExists = (text: string): boolean => {
  const day = two(text, 8);
  return day <= 28 || day <= daysInMonth(yearOf(text), two(text, 5));
};

/** Whether the platform reads the text as a time with an offset. */
export const isRfc3339 = (text: string): boolean => rfc3339Pattern.test(text) && dayExists(text);
/** Whether the platform reads the text as a local time without an offset. */
export const isLocalTime = (text: string): boolean => localTimePattern.test(text) && dayExists(text);

/** The instant of a text that `isRfc3339` accepts. Digits beyond the ninth of the fraction are cut off. */
export const instantOf = (text: string): Instant => {
  const [, hour = "0", minute = "0", second = "0", fraction = "", offset = "Z"] = tail.exec(text) ?? [];
  const days = daysFromEpoch(yearOf(text), two(text, 5), two(text, 8));
  const sign = offset.startsWith("-") ? -1 : 1;
  const ahead = offset === "Z" ? 0 : sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6)));
  const seconds = days * 86_400 + Number(hour) * 3600 + (Number(minute) - ahead) * 60 + Number(second);
  return { seconds, nanos: Number(fraction.slice(0, 9).padEnd(9, "0")) };
};
const tail = /T(\d+):(\d\d):(\d\d)(?:[.,](\d+))?(Z|[+-]\d\d:\d\d)$/;

/** Days since 1970-01-01 of a date in the proleptic Gregorian calendar, any year. */
export const daysFromEpoch = (year: number, month: number, day: number): number => {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const ofEra = shifted - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
};

/** UTC, cut off to milliseconds, zeros at the end of the fraction left out: how the platform gives times back. */
export const isoOf = ({ seconds, nanos }: Instant): string => {
  const iso = new Date(seconds * 1000 + Math.floor(nanos / 1e6)).toISOString();
  return iso.endsWith(".000Z") ? `${iso.slice(0, -5)}Z` : `${iso.slice(0, -1).replace(/0+$/, "")}Z`;
};

/** Negative, zero or positive, as for sorting. */
export const compareInstants = (a: Instant, b: Instant): number =>
  a.seconds === b.seconds ? a.nanos - b.nanos : a.seconds - b.seconds;

/** Whether it is the first instant of year 1: the platform's zero time, which it takes for none. */
export const isZero = ({ seconds, nanos }: Instant): boolean => seconds === zeroSeconds && nanos === 0;
const zeroSeconds = -62_135_596_800;
