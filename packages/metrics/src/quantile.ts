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
  const sorted = readings.toSorted((a, b) => a.mgdl - b.mgdl);
  const last = sorted.at(-1);
  if (last === undefined) return shares.map(() => Number.NaN);
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0) - last.weight;
  let [index, below] = [0, 0];
  return shares.map((share) => {
    const wanted = share * total;
    while (index < sorted.length - 1 && below + (sorted[index]?.weight ?? 0) < wanted) {
      below += sorted[index]?.weight ?? 0;
      index++;
    }
    const { mgdl, weight } = sorted[index] ?? last;
    const next = sorted[index + 1]?.mgdl ?? mgdl;
    return weight === 0 ? mgdl : mgdl + ((next - mgdl) * Math.max(0, wanted - below)) / weight;
  });
};

/** The five percentiles of an ambulatory glucose profile. */
export const percentilesOf = (readings: ReadonlyArray<Weighted>): Percentiles => {
  const quantiles = quantilesOf(readings, [0.05, 0.25, 0.5, 0.75, 0.95]);
  const [p5 = Number.NaN, p25 = p5, p50 = p5, p75 = p5, p95 = p5] = quantiles;
  return { p5, p25, p50, p75, p95 };
};
