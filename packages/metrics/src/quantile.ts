/** Five percentiles of glucose, in mg/dL. */
export interface Percentiles {
  readonly p5: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
}

/** A value with what it weighs. */
interface Weighted {
  readonly mgdl: number;
  readonly weight: number;
}

/**
 * Quantiles of weighted values, interpolated between neighbours. With equal weights they are the default of R and NumPy
 * (type 7 of Hyndman and Fan 1996, doi:10.1080/00031305.1996.10473566). NaN without values.
 *
 * @param shares from 0 to 1, in order
 */
export const quantilesOf = (
  readings: ReadonlyArray<Weighted>,
  shares: ReadonlyArray<number>
): ReadonlyArray<number> => {
  // Glucose is told in few values: sorting those is quicker than sorting readings.
  const weights = new Map<number, { all: number; last: number }>();
  let total = 0;
  for (const { mgdl, weight } of readings) {
    total += weight;
    const known = weights.get(mgdl);
    if (known === undefined) weights.set(mgdl, { all: weight, last: weight });
    else {
      known.all += weight;
      known.last = weight;
    }
  }
  const values = Float64Array.from(weights.keys()).sort();
  const lastValue = values.at(-1);
  if (lastValue === undefined) return shares.map(() => Number.NaN);
  const reach = total - (weights.get(lastValue)?.last ?? 0);
  let [index, below] = [0, 0];
  return shares.map((share) => {
    const wanted = share * reach;
    const weightAt = (index: number) => weights.get(values[index] ?? 0) ?? { all: 0, last: 0 };
    while (index < values.length - 1 && below + weightAt(index).all < wanted) below += weightAt(index++).all;
    const { all, last } = weightAt(index);
    const [value = lastValue, next = value] = [values[index], values[index + 1]];
    // Between readings of the same value there is nothing to interpolate: only from the last of them on.
    const beyond = wanted - (below + all - last);
    return beyond <= 0 || last === 0 ? value : value + ((next - value) * Math.min(beyond, last)) / last;
  });
};

/** The five percentiles of an ambulatory glucose profile. */
export const percentilesOf = (readings: ReadonlyArray<Weighted>): Percentiles => {
  const quantiles = quantilesOf(readings, [0.05, 0.25, 0.5, 0.75, 0.95]);
  const [p5 = Number.NaN, p25 = p5, p50 = p5, p75 = p5, p95 = p5] = quantiles;
  return { p5, p25, p50, p75, p95 };
};
