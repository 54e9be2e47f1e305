const dayLength = 86_400_000;

/** Days to read in one request at most: some two thousand readings of a sensor. */
const mostInRun = 7;

/** Days that follow one another, to be read together. */
export interface DayRun {
  /** RFC 3339, both included. */
  readonly startDate: string;
  readonly endDate: string;
}

/** Days in UTC, in their order, as stretches of time to read: neighbours together. */
export const dayRuns = (days: ReadonlyArray<string>): ReadonlyArray<DayRun> => {
  const runs: Array<{ first: number; last: number }> = [];
  for (const day of days) {
    const start = Date.parse(`${day}T00:00:00Z`);
    const run = runs.at(-1);
    const follows = run !== undefined && start === run.last + dayLength;
    if (follows && run.last - run.first < (mostInRun - 1) * dayLength) run.last = start;
    else runs.push({ first: start, last: start });
  }
  return runs.map(({ first, last }) => ({
    startDate: new Date(first).toISOString(),
    endDate: new Date(last + dayLength - 1).toISOString()
  }));
};
