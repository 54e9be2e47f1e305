/** FNV-1a: 32 bits of a text. */
const hashOf = (text: string, seed: number): number => {
  let hash = seed;
  for (let at = 0; at < text.length; at++) {
    hash ^= text.charCodeAt(at);
    hash = Math.imul(hash, 0x01_00_01_93);
  }
  return hash >>> 0;
};

const keySeed = 0x81_1c_9d_c5;
const contentSeed = 0x2b_99_2d_dd;
/** Together with 32 bits of a key, they are whole numbers that a double holds exactly. */
const contentBits = 2 ** 21;
const smallest = 4096;

/** What a key that occurs several times in a file stands for. */
export type Repetition =
  /** The same record over and over: all but one are left out. */
  | "same"
  /** Records that differ: each needs an id of its own. */
  | "different";

/**
 * Finds the keys that several rows of a file share, in 8 bytes a row: a first pass adds every row, and the second asks. A
 * key in a million may be said to be repeated although it is not: whoever asks must bear that.
 */
export class RepeatedKeys {
  private rows = new Float64Array(smallest);
  private length = 0;
  private readonly repeated = new Map<number, Repetition>();

  /** `content`: what of the row counts, so that a copy of it, saved in another way, is still the same. */
  add(key: string, content: string): void {
    if (this.length === this.rows.length) {
      const larger = new Float64Array(this.length * 2);
      larger.set(this.rows);
      this.rows = larger;
    }
    this.rows[this.length++] = hashOf(key, keySeed) * contentBits + (hashOf(content, contentSeed) % contentBits);
  }

  /** To be called once, after the last row. */
  finish(): void {
    const sorted = this.rows.subarray(0, this.length).sort();
    for (let at = 1; at < sorted.length; at++) {
      const key = Math.floor(sorted[at]! / contentBits);
      if (key !== Math.floor(sorted[at - 1]! / contentBits)) continue;
      if (sorted[at] !== sorted[at - 1]) this.repeated.set(key, "different");
      else if (!this.repeated.has(key)) this.repeated.set(key, "same");
    }
    this.rows = new Float64Array(0);
    this.length = 0;
  }

  of(key: string): Repetition | undefined {
    return this.repeated.size === 0 ? undefined : this.repeated.get(hashOf(key, keySeed));
  }
}
