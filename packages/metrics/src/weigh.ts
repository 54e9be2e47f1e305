import { intervalsOf } from "./cadence.ts";
import { minute } from "./durations.ts";
import { overlapOf } from "./overlap.ts";
import type { Samples } from "./sample-store.ts";
import { type Doubles, slotsOf } from "./slots.ts";
import type { Span } from "./span.ts";

/** A reading with the time it stands for. */
export interface Weighed {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly mgdl: number;
  /** Milliseconds that count for it: where several devices recorded, they share the time. */
  readonly weight: number;
  /** When the next reading was due, in milliseconds since 1970. */
  readonly until: number;
  /** Minutes ahead of UTC; NaN where the reading does not say. */
  readonly offset: number;
}

/** What is known of a device's cadence when it recorded once. */
const usualOf = (device: string): number =>
  (device.startsWith("AbbottFreeStyleLibre") && !device.startsWith("AbbottFreeStyleLibre3") ? 15 : 5) * minute;

interface WeighedDevice {
  readonly readings: ReadonlyArray<Weighed>;
  readonly spans: ReadonlyArray<Span>;
}

const weighDevice = (device: string, samples: Samples, doubles: Doubles): WeighedDevice => {
  const usual = usualOf(device);
  const { times, starts, kept } = slotsOf(samples, doubles);
  const found = intervalsOf(times, usual);
  const readings: Array<Weighed> = [];
  const spans: Array<{ from: number; to: number }> = [];
  for (let index = 0; index < times.length; index++) {
    const [time = 0, cadence = usual] = [times[index], found[index]];
    const [first = 0, end = 0] = [starts[index], starts[index + 1]];
    const stated = samples.stated[kept[first] ?? 0] ?? Number.NaN;
    // What a reading says of itself holds, unless readings plainly come more often than that.
    const interval = Number.isNaN(stated) || cadence < 0.75 * stated ? cadence : stated;
    const weight = doubles === "each" ? interval : interval / (end - first);
    const until = time + interval;
    for (let at = first; at < end; at++) {
      const sample = kept[at] ?? 0;
      const [mgdl = 0, offset = Number.NaN] = [samples.mgdls[sample], samples.offsets[sample]];
      readings.push({ time, mgdl, weight, until, offset });
    }
    const last = spans.at(-1);
    // A reading that is late by less than half is no gap.
    if (last !== undefined && time <= last.to + interval / 2) last.to = Math.max(last.to, until);
    else spans.push({ from: time, to: until });
  }
  return { readings, spans };
};

/** Gives each reading the time it stands for; in the order of time. */
export const weigh = (devices: ReadonlyMap<string, Samples>, doubles: Doubles): ReadonlyArray<Weighed> => {
  const weighed = [...devices]
    .filter(([, { length }]) => length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([device, samples]) => weighDevice(device, samples, doubles));
  if (weighed.length < 2) return weighed[0]?.readings ?? [];
  const overlap = overlapOf(weighed.map(({ spans }) => spans));
  return weighed
    .flatMap(({ readings }) =>
      readings.map((reading) => ({
        ...reading,
        weight: reading.weight * overlap.shareOf({ from: reading.time, to: reading.until })
      }))
    )
    .sort((a, b) => a.time - b.time);
};

/** Those of a span among readings in the order of time. */
export const readingsIn = (readings: ReadonlyArray<Weighed>, { from, to }: Span): ReadonlyArray<Weighed> => {
  const countBefore = (time: number): number => {
    let [low, high] = [0, readings.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((readings[middle]?.time ?? Infinity) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return readings.slice(countBefore(from), countBefore(to));
};
