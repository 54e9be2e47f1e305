/** Five percentiles of glucose, in mg/dL. */
export interface Percentiles {
  readonly p5: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
}

/** Values, and what each weighs. */
interface Weighted {
  readonly mgdls: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Quantiles of weighted values, interpolated between neighbours. With equal weights they are the default of R and NumPy
 * (type 7 of Hyndman and Fan 1996, doi:10.1080/00031305.1996.10473566). NaN without values.
 *
 * @param shares from 0 to 1, in order
 */
export const quantilesOf = (weighted: Weighted, shares: ReadonlyArray<number>): ReadonlyArray<number> => {
  const { mgdls: values, weights } = byValue(weighted);
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

/** The same from the lowest value. */
const byValue = ({ mgdls, weights }: Weighted): Weighted => {
  // Sorting plain numbers takes a tenth of the time, and most people wear one sensor all the time.
  if (weights.every((weight) => weight === weights[0])) return { mgdls: mgdls.toSorted(), weights };
  const order = Int32Array.from(mgdls.keys()).sort((a, b) => (mgdls[a] ?? 0) - (mgdls[b] ?? 0) || a - b);
  return {
    mgdls: Float64Array.from(order, (index) => mgdls[index] ?? 0),
    weights: Float64Array.from(order, (index) => weights[index] ?? 0)
  };
};

/** The five percentiles of an ambulatory glucose profile. */
export const percentilesOf = (weighted: Weighted): Percentiles => {
  const quantiles = quantilesOf(weighted, [0.05, 0.25, 0.5, 0.75, 0.95]);
  const [p5 = Number.NaN, p25 = p5, p50 = p5, p75 = p5, p95 = p5] = quantiles;
  return { p5, p25, p50, p75, p95 };
};
