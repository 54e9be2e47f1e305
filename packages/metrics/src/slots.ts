import type { Samples } from "./sample-store.ts";

/** Readings of one device of one moment; more than one only where their values are not the same. */
export interface Slots {
  /** The moments in order, in milliseconds since 1970. */
  readonly times: Float64Array;
  /** For each moment, the first of its samples in `kept`; one more at the end. */
  readonly starts: ReadonlyArray<number>;
  /** Indexes of the samples that count. */
  readonly kept: ReadonlyArray<number>;
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
  const moments: Array<number> = [];
  const starts: Array<number> = [];
  const kept: Array<number> = [];
  let moment = -Infinity;
  const isKnown = (mgdl: number): boolean => {
    for (let at = starts.at(-1) ?? 0; at < kept.length; at++) {
      if (isSameValue(mgdls[kept[at] ?? 0] ?? 0, mgdl)) return true;
    }
    return false;
  };
  for (let index = 0; index < length; index++) {
    const time = times[index] ?? 0;
    if (time - moment > sameMoment) {
      moment = time;
      moments.push(time);
      starts.push(kept.length);
    } else if (doubles === "once" && isKnown(mgdls[index] ?? 0)) continue;
    kept.push(index);
  }
  starts.push(kept.length);
  return { times: Float64Array.from(moments), starts, kept };
};
