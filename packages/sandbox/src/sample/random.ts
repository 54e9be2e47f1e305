/** Chance that repeats: the same seed gives the same numbers on every machine. */
export interface SampleRandom {
  /** Uniform, 0 ≤ x < 1. */
  next(): number;
  /** Uniform between two bounds. */
  between(low: number, high: number): number;
  /** Normally distributed. */
  normal(mean: number, deviation: number): number;
  chance(probability: number): boolean;
}

/** FNV-1a: a text becomes the generator's first state. */
const hash = (text: string): number => {
  let state = 0x81_1c_9d_c5;
  for (const character of text) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01_00_01_93);
  return state >>> 0;
};

/** Mulberry32: 32 bits of state are plenty for sample data, and nothing here needs secrecy. */
export const createSampleRandom = (seed: string): SampleRandom => {
  let state = hash(seed);
  const next = () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    // Box and Muller; 1 - x keeps the logarithm away from zero.
    normal: (mean, deviation) =>
      mean + deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    chance: (probability) => next() < probability
  };
};
