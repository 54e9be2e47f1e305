/** A stretch of time of a data set, read by one request and kept in one file. Months are counted from the year 0, in UTC. */
export interface ArchiveWindow {
  /** The first month; left out: everything before the end. */
  readonly first?: number;
  /** The last month; left out: everything after the start. */
  readonly last?: number;
}

/** Before this, no device kept anything. */
const earliest = 1900 * 12;

const startOf = (month: number): number => Date.UTC(Math.floor(month / 12), month % 12);

/** The month of a moment. */
export const monthOf = (instant: number): number => {
  const date = new Date(instant);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};

const monthName = (month: number): string =>
  `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}`;

/** What a window's file is called: `2026-01`, `2025-09_2025-12`, `until_2019-12`. */
export const windowName = ({ first, last }: ArchiveWindow): string => {
  if (first === undefined) return last === undefined ? "all" : `until_${monthName(last)}`;
  if (last === undefined) return `since_${monthName(first)}`;
  return first === last ? monthName(first) : `${monthName(first)}_${monthName(last)}`;
};

/** The moments from and to which it goes, both included, as the server takes them. */
export const windowQuery = ({
  first,
  last
}: ArchiveWindow): { readonly startDate?: string; readonly endDate?: string } => ({
  ...(first === undefined ? {} : { startDate: new Date(startOf(first)).toISOString() }),
  // The server keeps milliseconds: nothing is between the end of one and the start of the next.
  ...(last === undefined ? {} : { endDate: new Date(startOf(last + 1) - 1).toISOString() })
});

/** When a window ends, in milliseconds since 1970. */
export const windowEnd = ({ last }: ArchiveWindow): number =>
  last === undefined ? Number.POSITIVE_INFINITY : startOf(last + 1) - 1;

/**
 * The window to read next: it ends with the month `last` (left out: it has no end, and begins with the present month) and is so many months
 * long, but begins with `floor` at the earliest.
 */
export const windowUpTo = (
  last: number | undefined,
  months: number,
  { now, floor }: { readonly now: number; readonly floor: number | undefined }
): ArchiveWindow => {
  if (last === undefined) return { first: Math.max(monthOf(now), floor ?? 0) };
  const first = Math.max(last - months + 1, floor ?? 0);
  return first <= earliest ? { last } : { first, last };
};
