import { intervalsOf } from "./cadence.ts";
import { minute } from "./durations.ts";
import { overlapOf } from "./overlap.ts";
import type { Samples } from "./sample-store.ts";
import { type Doubles, slotsOf } from "./slots.ts";
import type { Span } from "./span.ts";
import { merged, roomFor, sliceOf, type Weighed } from "./weighed.ts";

/** What is known of a device's cadence when it recorded once. */
const usualOf = (device: string): number =>
  (device.startsWith("AbbottFreeStyleLibre") && !device.startsWith("AbbottFreeStyleLibre3") ? 15 : 5) * minute;

interface WeighedDevice {
  readonly readings: Weighed;
  readonly spans: ReadonlyArray<Span>;
}

const weighDevice = (device: string, samples: Samples, doubles: Doubles): WeighedDevice => {
  const usual = usualOf(device);
  const { times, starts, kept } = slotsOf(samples, doubles);
  const found = intervalsOf(times, usual);
  const readings = roomFor(samples.length);
  let count = 0;
  const spans: Array<{ from: number; to: number }> = [];
  let last: { from: number; to: number } | undefined;
  for (let index = 0; index < times.length; index++) {
    const time = times[index] ?? 0;
    const cadence = found[index] ?? usual;
    const first = starts[index] ?? 0;
    const end = starts[index + 1] ?? 0;
    const stated = samples.stated[kept[first] ?? 0] ?? Number.NaN;
    // What a reading says of itself holds, unless readings plainly come more often than that.
    const interval = Number.isNaN(stated) || cadence < 0.75 * stated ? cadence : stated;
    const weight = doubles === "each" ? interval : interval / (end - first);
    const until = time + interval;
    for (let at = first; at < end; at++) {
      const sample = kept[at] ?? 0;
      readings.times[count] = time;
      readings.mgdls[count] = samples.mgdls[sample] ?? 0;
      readings.weights[count] = weight;
      readings.untils[count] = until;
      readings.offsets[count] = samples.offsets[sample] ?? Number.NaN;
      count++;
    }
    // A reading that is late by less than half is no gap.
    if (last !== undefined && time <= last.to + interval / 2) last.to = Math.max(last.to, until);
    else spans.push((last = { from: time, to: until }));
  }
  return { readings: sliceOf(readings, 0, count), spans };
};

/** Gives each reading the time it stands for; in the order of time. */
export const weigh = (devices: ReadonlyMap<string, Samples>, doubles: Doubles): Weighed => {
  const weighed = [...devices]
    .filter(([, { length }]) => length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([device, samples]) => weighDevice(device, samples, doubles));
  const [first] = weighed;
  if (first === undefined) return roomFor(0);
  if (weighed.length === 1) return first.readings;
  const overlap = overlapOf(weighed.map(({ spans }) => spans));
  const shared = weighed.map(({ readings }) => {
    const weights = readings.weights.map(
      (weight, index) => weight * overlap.shareOf(readings.times[index] ?? 0, readings.untils[index] ?? 0)
    );
    return { ...readings, weights };
  });
  return merged(shared);
};
