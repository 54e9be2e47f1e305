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
  const { values, weights } = byValue(readings);
  const last = values.length - 1;
  const reach = weights.reduce((sum, weight) => sum + weight, 0) - (weights[last] ?? 0);
  let [index, below] = [0, 0];
  return shares.map((share) => {
    const wanted = share * reach;
    while (index < last && below + (weights[index] ?? 0) < wanted) below += weights[index++] ?? 0;
    const [value = Number.NaN, weight = 0] = [values[index], weights[index]];
    const next = values[index + 1] ?? value;
    return weight === 0 ? value : value + ((next - value) * Math.max(0, wanted - below)) / weight;
  });
};

/** The values from the lowest, and beside each what it weighs. */
const byValue = (
  readings: ReadonlyArray<Weighted>
): { readonly values: Float64Array; readonly weights: Float64Array } => {
  const isEven = readings.every(({ weight }) => weight === readings[0]?.weight);
  // Sorting plain numbers takes a tenth of the time, and most people wear one sensor all the time.
  const sorted = isEven ? readings : readings.toSorted((a, b) => a.mgdl - b.mgdl);
  const values = new Float64Array(readings.length);
  const weights = new Float64Array(readings.length);
  for (const [index, { mgdl, weight }] of sorted.entries()) {
    values[index] = mgdl;
    weights[index] = weight;
  }
  return { values: isEven ? values.sort() : values, weights };
};

/** The five percentiles of an ambulatory glucose profile. */
export const percentilesOf = (readings: ReadonlyArray<Weighted>): Percentiles => {
  const quantiles = quantilesOf(readings, [0.05, 0.25, 0.5, 0.75, 0.95]);
  const [p5 = Number.NaN, p25 = p5, p50 = p5, p75 = p5, p95 = p5] = quantiles;
  return { p5, p25, p50, p75, p95 };
};
