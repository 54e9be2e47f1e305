import { usageError } from "../lifecycle/command-error.ts";

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `30s`, `5m`, `2h` or `7d`, in milliseconds. */
export const spanOfTime = (flag: string, text: string): number => {
  const [, count, unit = ""] = /^(\d{1,6})([smhd])$/u.exec(text) ?? [];
  const milliseconds = Number(count) * (units[unit] ?? Number.NaN);
  if (milliseconds > 0) return milliseconds;
  throw usageError(`${flag} has to be a number with a unit, such as 30s, 5m, 2h or 7d.`);
};

/** A moment: a date, which begins at 0:00 UTC, or a date and time with an offset. Milliseconds since 1970. */
export const moment = (flag: string, text: string): number => {
  const isMoment = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/u.test(text);
  const instant = isMoment ? Date.parse(text) : Number.NaN;
  if (Number.isFinite(instant)) return instant;
  throw usageError(`${flag} has to be a date such as 2026-01-31, or a time such as 2026-01-31T18:00:00Z.`);
};
