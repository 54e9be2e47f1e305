import { localDayOf, midnightOf } from "@tideway/metrics";
import type { LocalTime } from "./local-time.ts";
import type { Day } from "./preview.ts";

/** Longer stretches without data are told in words, not as cells: a clock that stands wrong by decades leaves one of decades. */
const longestGap = 62;

/** The local days of what was read. */
export interface LocalDays {
  /** From the first to the last. Empty ones too, but for stretches of more than 62 of them: see `skipped`. */
  readonly days: ReadonlyArray<Day>;
  /** For each moment, the index of its day; -1 where it has none. */
  readonly dayOf: Int32Array;
}

/** Sorts moments (NaN: none is known) into local days. */
export const localDaysOf = (times: ReadonlyArray<number>, local: LocalTime): LocalDays => {
  const numbers = times.map((time) => (Number.isNaN(time) ? time : localDayOf(time, local.offsetAt)));
  const counts = new Map<number, number>();
  for (const number of numbers) if (!Number.isNaN(number)) counts.set(number, (counts.get(number) ?? 0) + 1);
  const days: Array<Day> = [];
  const indexOf = new Map<number, number>();
  let before: number | undefined;
  for (const [number, datums] of [...counts].sort(([a], [b]) => a - b)) {
    const empty = before === undefined ? 0 : number - before - 1;
    const skipped = empty > longestGap ? empty : 0;
    for (let between = number - empty + skipped; between < number; between++)
      days.push({ start: midnightOf(between, local.offsetAt), datums: 0, skipped: 0 });
    indexOf.set(number, days.length);
    days.push({ start: midnightOf(number, local.offsetAt), datums, skipped });
    before = number;
  }
  return { days, dayOf: Int32Array.from(numbers, (number) => indexOf.get(number) ?? -1) };
};

/** Which days are done to their last datum, after so many of the moments. */
export const doneDays = ({ days, dayOf }: LocalDays, done: number): ReadonlyArray<boolean> => {
  const left = days.map(({ datums }) => datums);
  for (let index = 0; index < Math.min(done, dayOf.length); index++) {
    const day = dayOf[index] ?? -1;
    if (day >= 0) left[day] = (left[day] ?? 0) - 1;
  }
  return left.map((datums) => datums === 0);
};
