import type { LeftOut } from "./left-out.ts";
import { type OffsetAt, offsetsIn, offsetsOf, type TimeZone } from "./local-days.ts";
import { firstDevices, latestBy, plausibleSpan } from "./plausible-span.ts";
import { type Reading, sampleOf } from "./reading.ts";
import { SampleStore } from "./sample-store.ts";
import type { Doubles } from "./slots.ts";
import { hasLength, type Span } from "./span.ts";
import { weigh } from "./weigh.ts";
import type { Weighed } from "./weighed.ts";

/** What a log is told about its readings. */
export interface ReadingLogOptions {
  readonly now?: number | undefined;
  readonly timeZone?: TimeZone | undefined;
  readonly doubles?: Doubles | undefined;
}

/** Readings that count, in the order of time, and the wearer's clock. */
export interface LocalReadings {
  readonly readings: Weighed;
  readonly offsetAt: OffsetAt;
  readonly leftOut: LeftOut;
}

/** Keeps what the statistics need of readings, by device: they may come in any order. */
export class ReadingLog {
  readonly #devices = new Map<string, SampleStore>();
  readonly #latest: number;
  readonly #offsetAt: OffsetAt | undefined;
  readonly #doubles: Doubles;
  readonly #leftOut = { notCgm: 0, unusable: 0, future: 0, beforeDevices: 0 };

  constructor({ now, timeZone, doubles = "once" }: ReadingLogOptions) {
    this.#doubles = doubles;
    this.#latest = latestBy(now);
    this.#offsetAt = timeZone === undefined ? undefined : offsetsIn(timeZone);
  }

  add(reading: Reading): void {
    const sample = sampleOf(reading);
    if (typeof sample === "string") this.#leftOut[sample]++;
    else if (sample.time > this.#latest) this.#leftOut.future++;
    else if (sample.time < firstDevices) this.#leftOut.beforeDevices++;
    else {
      let store = this.#devices.get(sample.device);
      if (store === undefined) this.#devices.set(sample.device, (store = new SampleStore()));
      store.add(sample);
    }
  }

  /** The readings of a period; without one, all that do not stand years apart. Throws `RangeError` where the period has no length. */
  read(period: Span | undefined): LocalReadings {
    if (period !== undefined && !hasLength(period)) {
      throw new RangeError("The period must end after it begins, both in milliseconds since 1970.");
    }
    const stored = [...this.#devices.values()].reduce((sum, { times }) => sum + times.length, 0);
    const span = period ?? plausibleSpan(this.#times(stored));
    const devices = new Map([...this.#devices].map(([device, store]) => [device, store.between(span.from, span.to)]));
    const within = [...devices.values()].reduce((sum, { length }) => sum + length, 0);
    const readings = weigh(devices, this.#doubles);
    return {
      readings,
      offsetAt: this.#offsetAt ?? offsetsOf(readings.times, readings.offsets),
      leftOut: {
        ...this.#leftOut,
        apart: period === undefined ? stored - within : 0,
        outsidePeriod: period === undefined ? 0 : stored - within,
        doubles: within - readings.length
      }
    };
  }

  #times(length: number): Float64Array {
    const times = new Float64Array(length);
    let filled = 0;
    for (const store of this.#devices.values()) {
      times.set(store.times, filled);
      filled += store.times.length;
    }
    return times.sort();
  }
}
