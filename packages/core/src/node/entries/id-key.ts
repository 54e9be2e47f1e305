const low = 2 ** 21;

/**
 * A key for an origin id: 53 bits, a whole number that is exact as a double. Ids that differ in their last character only have
 * keys next to each other: most sources count, and what is far apart takes longer to look at than all the rest. Two ids
 * may have one key.
 */
export const keyOf = (id: string): number => {
  const last = id.length - 1;
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let index = 0; index < last; index++) {
    const code = id.charCodeAt(index);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x5bd1e995) ^ (b >>> 15);
  }
  const code = last < 0 ? 0 : id.charCodeAt(last);
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b);
  a = Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  a ^= a >>> 16;
  b = Math.imul(b ^ code, 0x5bd1e995) ^ (b >>> 15);
  b = Math.imul(b, 0xc2b2ae35);
  return ((a ^ (code & 31)) >>> 0) * low + (b >>> 11);
};

/** The upper 32 bits of a key: 27 that ids with the same beginning share, and 5 of the last character. */
export const upperOf = (key: number): number => (key / low) >>> 0;

/** The lower 21 bits of a key. */
export const lowerOf = (key: number): number => key - upperOf(key) * low;

/** The lowest key with these upper bits. */
export const lowestKey = (upper: number): number => upper * low;
