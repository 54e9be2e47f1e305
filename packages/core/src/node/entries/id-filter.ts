import { lowerOf, upperOf } from "./id-key.ts";

/** 4 MB: of 1,000,000 ids it takes one in a hundred for known that is not, of 10,000,000 one in four. */
const words = 2 ** 20;

/**
 * Which keys of ids may be there: never wrong about one that is, at times about one that is not. A Bloom filter with both
 * bits of a key in one word, and the words of neighbouring keys side by side: one look into memory.
 */
export class IdFilter {
  private readonly bits: Uint32Array;

  /** `saved` is what `bytes` gave. */
  constructor(saved?: Uint8Array) {
    this.bits = new Uint32Array(words);
    if (saved) this.bytes.set(saved);
  }

  get bytes(): Uint8Array {
    return new Uint8Array(this.bits.buffer);
  }

  add(key: number): void {
    this.bits[wordOf(key)]! |= maskOf(key);
  }

  mayHave(key: number): boolean {
    const mask = maskOf(key);
    return (this.bits[wordOf(key)]! & mask) === mask;
  }
}

const wordOf = (key: number) => upperOf(key) & (words - 1);

const maskOf = (key: number) => {
  const lower = lowerOf(key);
  return (1 << (lower & 31)) | (1 << ((lower >>> 5) & 31));
};
