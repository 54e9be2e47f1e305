import type { SourceReadings } from "./source-readings.ts";

/** Fewer readings at the same time prove nothing. */
const fewestShared = 6;
/** Of the readings at the same time, so many agree where both are of one sensor. */
const agreement = 0.8;
/** The widest that two apps' times of one reading are apart. */
const widest = 150_000;

/** Two sources that wrote down one sensor. */
export interface DuplicatePair {
  readonly kept: SourceReadings;
  readonly leftOut: SourceReadings;
}

const within = (one: SourceReadings, other: SourceReadings): number =>
  Math.min(widest, Math.min(one.interval ?? Infinity, other.interval ?? Infinity) / 2);

const agrees = (one: number, other: number): boolean => Math.abs(one - other) <= Math.max(4, 0.05 * one);

/** Whether two sources have the same values at the same times: two sensors on one body do not. */
const areOneSensor = (kept: SourceReadings, other: SourceReadings): boolean => {
  const tolerance = within(kept, other);
  let shared = 0;
  let agreeing = 0;
  for (const [index, time] of other.times.entries()) {
    const nearest = kept.nearest(time, tolerance);
    if (nearest < 0) continue;
    shared++;
    if (agrees(kept.values[nearest]!, other.values[index]!)) agreeing++;
  }
  return shared >= fewestShared && agreeing >= agreement * shared;
};

/** The order in which sources are kept: it does not change as an export gets longer. */
const byRank = (one: SourceReadings, other: SourceReadings): number =>
  one.source.rank - other.source.rank ||
  (one.times[0] ?? 0) - (other.times[0] ?? 0) ||
  (one.name < other.name ? -1 : 1);

/** Finds the sources that wrote down one sensor, as an app that measures and one that passes on do. */
export class DuplicateSources {
  private readonly byName = new Map<string, Array<DuplicatePair>>();

  constructor(readings: Iterable<SourceReadings>) {
    const sensors = [...readings].filter(({ isSensor }) => isSensor).sort(byRank);
    for (const [index, leftOut] of sensors.entries()) {
      const duplicates = sensors.slice(0, index).filter((kept) => areOneSensor(kept, leftOut));
      if (duplicates.length > 0)
        this.byName.set(
          leftOut.name,
          duplicates.map((kept) => ({ kept, leftOut }))
        );
    }
  }

  /** The pair by which a reading is there twice, and is not the one to keep; `undefined` for all others. */
  of(source: string, time: number): DuplicatePair | undefined {
    return this.byName.get(source)?.find(({ kept, leftOut }) => kept.nearest(time, within(kept, leftOut)) >= 0);
  }
}
