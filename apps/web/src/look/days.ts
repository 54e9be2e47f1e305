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

/** The local days of a file. */
export interface Days {
  /** From the first to the last, the empty ones too; where there are more than 400, the 400 in a row with the most datums. */
  readonly days: ReadonlyArray<Day>;
  /** For each moment, the index of its day; -1 where it has none. */
  readonly dayOf: Int32Array;
}

/** Sorts moments (NaN: none is known) into local days. */
export const daysOf = (times: ReadonlyArray<number>, local: LocalTime): Days => {
  const numbers = times.map((time) =>
    Number.isNaN(time) ? time : Math.floor((time + local.offsetAt(time) * 60_000) / dayLength)
  );
  const known = Float64Array.from(numbers.filter((number) => !Number.isNaN(number))).sort();
  let [from, last, most, low] = [0, -1, 0, 0];
  for (const [high, number] of known.entries()) {
    while (number - (known[low] ?? number) >= mostDays) low++;
    if (high - low + 1 >= most) [from, last, most] = [known[low] ?? number, number, high - low + 1];
  }
  const counts = Array.from({ length: last - from + 1 }, () => 0);
  const dayOf = Int32Array.from(numbers, (number) => (number >= from && number <= last ? number - from : -1));
  for (const day of dayOf) if (day >= 0) counts[day] = (counts[day] ?? 0) + 1;
  const noon = (number: number): number => {
    const utc = number * dayLength + dayLength / 2;
    return utc - local.offsetAt(utc) * 60_000;
  };
  return { days: counts.map((datums, index) => ({ start: midnightOf(noon(from + index), local), datums })), dayOf };
};

/** Which days are done to their last datum, after so many datums and problems of the file. */
export const doneDays = ({ days, dayOf }: Days, done: number): ReadonlyArray<boolean> => {
  const left = days.map(({ datums }) => datums);
  for (let index = 0; index < Math.min(done, dayOf.length); index++) {
    const day = dayOf[index] ?? -1;
    if (day >= 0) left[day] = (left[day] ?? 0) - 1;
  }
  return left.map((datums) => datums === 0);
};
