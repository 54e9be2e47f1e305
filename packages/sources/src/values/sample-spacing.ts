const minute = 60_000;
/** Intervals at which sensors store readings, in minutes, with the widest spacing that is still one of them. */
const known: ReadonlyArray<readonly [interval: number, widest: number]> = [
  [1, 2],
  [5, 8],
  [15, 20]
];

/** How far apart the readings of a sensor are, whatever their order in the file: no export says it. */
export class SampleSpacing {
  private readonly times: Array<number> = [];

  /** Takes the time of a reading, by any clock, in milliseconds. */
  add(time: number): void {
    this.times.push(time);
  }

  /** The sensor's interval in milliseconds: 1, 5 or 15 minutes; `undefined` where too few readings tell. */
  interval(): number | undefined {
    const sorted = Float64Array.from(this.times).sort();
    const gaps: Array<number> = [];
    for (let at = 1; at < sorted.length; at++) {
      const gap = sorted[at]! - sorted[at - 1]!;
      if (gap > 0) gaps.push(gap);
    }
    if (gaps.length < 3) return undefined;
    const median = Float64Array.from(gaps).sort()[gaps.length >> 1]! / minute;
    const found = known.find(([, widest]) => median <= widest);
    return found && found[0] * minute;
  }
}
