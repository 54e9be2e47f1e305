import type { Samples } from "./sample-store.ts";

/** Readings of one device of one moment; more than one only where their values are not the same. */
export interface Slots {
  /** The moments in order, in milliseconds since 1970. */
  readonly times: Float64Array;
  /** For each moment, the first of its samples in `kept`; one more at the end. */
  readonly starts: Int32Array;
  /** Indexes of the samples that count. */
  readonly kept: Int32Array;
}

/** How readings count that came twice. */
export type Doubles = "once" | "each";

/** Milliseconds within which two readings of one device are of one moment: no sensor measures as often. */
const sameMoment = 2000;

/** Uploaders round, convert and smooth: values this near, in mg/dL, are one. */
const isSameValue = (a: number, b: number): boolean => Math.abs(a - b) <= Math.max(3, 0.03 * Math.max(a, b));

/**
 * Puts readings that came twice together: same device, within two seconds, values within 3 mg/dL or 3 %. The earliest counts.
 *
 * @param samples of one device, in order
 */
export const slotsOf = ({ length, times, mgdls }: Samples, doubles: Doubles): Slots => {
  const moments = new Float64Array(length);
  const starts = new Int32Array(length + 1);
  const kept = new Int32Array(length);
  let [count, end] = [0, 0];
  const isKnown = (mgdl: number): boolean => {
    for (let at = starts[count - 1] ?? 0; at < end; at++) {
      if (isSameValue(mgdls[kept[at] ?? 0] ?? 0, mgdl)) return true;
    }
    return false;
  };
  for (let index = 0; index < length; index++) {
    const time = times[index] ?? 0;
    if (count === 0 || time - (moments[count - 1] ?? 0) > sameMoment) {
      moments[count] = time;
      starts[count] = end;
      count++;
    } else if (doubles === "once" && isKnown(mgdls[index] ?? 0)) continue;
    kept[end] = index;
    end++;
  }
  starts[count] = end;
  return { times: moments.subarray(0, count), starts, kept };
};
