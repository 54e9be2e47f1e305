import type { Reading } from "@tideway/metrics";

const day = 86_400_000;
/** So many at least are kept before those that are too old are let go of. */
const fewest = 200_000;

interface Kept extends Reading {
  readonly at: number;
}

/** A CGM reading as statistics need it: the rest of the datum is let go of. */
const keptOf = (datum: unknown): Kept | undefined => {
  const { type, time, value, units, sampleInterval, deviceId, timezoneOffset } = (datum ?? {}) as Partial<Reading>;
  if (type !== "cbg" || typeof time !== "string" || typeof value !== "number" || typeof units !== "string")
    return undefined;
  const at = Date.parse(time);
  return Number.isNaN(at) ? undefined : { at, type, time, value, units, sampleInterval, deviceId, timezoneOffset };
};

/** Keeps the CGM readings of the last days before the newest one, whatever the order in which they come. */
export class RecentReadings {
  private readings: Array<Kept> = [];
  private room = fewest;
  private newest = Number.NEGATIVE_INFINITY;
  private readonly days: number;
  private readonly now: number;

  /** Readings after `now`, of a clock that was wrong, are left out. */
  constructor(days: number, now: number) {
    this.days = days;
    this.now = now;
  }

  add(datum: unknown): void {
    const reading = keptOf(datum);
    if (reading === undefined || reading.at > this.now + day) return;
    this.readings.push(reading);
    if (reading.at > this.newest) this.newest = reading.at;
    if (this.readings.length > this.room) this.prune();
  }

  private prune(): void {
    const oldest = this.newest - (this.days + 2) * day;
    this.readings = this.readings.filter(({ at }) => at >= oldest);
    this.room = Math.max(fewest, 2 * this.readings.length);
  }

  /** In the order of time. */
  all(): ReadonlyArray<Reading & { readonly at: number }> {
    return this.readings.sort((a, b) => a.at - b.at);
  }
}
