import type { DateOrder } from "@tideway/sources";

const format = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" });

/** What a date of three numbers means where they stand in that order: `03/04/2026` as `dmy` is 3 April 2026. */
export const formatWrittenDate = (text: string, order: DateOrder): string | undefined => {
  const numbers = /(\d+)\D+(\d+)\D+(\d+)/.exec(text)?.slice(1).map(Number);
  if (numbers === undefined) return undefined;
  const part = (letter: string): number => numbers[order.indexOf(letter)] ?? 0;
  const year = part("y");
  const [month, day] = [part("m"), part("d")];
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  return format.format(Date.UTC(year < 100 ? 2000 + year : year, month - 1, day));
};
