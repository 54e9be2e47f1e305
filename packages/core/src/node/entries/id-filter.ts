import { lowerOf, upperOf } from "./id-key.ts";

/** 4 MB: with 1,000,000 ids it takes one in five hundred for known that is not. */
const fewest = 2 ** 20;
/** 16 MB: with 10,000,000 ids one in thirty. */
const most = 2 ** 22;

/**
 * Which keys of ids may be there: never wrong about one that is, at times about one that is not. A Bloom filter with the four
 * bits of a key in one word, and the words of neighbouring keys side by side: one look into memory.
 */
export class IdFilter {
  private bits: Uint32Array;

  /** `saved` is what `bytes` gave. */
  constructor(saved?: Uint8Array) {
    this.bits = new Uint32Array(saved ? saved.length / 4 : fewest);
    if (saved) this.bytes.set(saved);
  }

  get bytes(): Uint8Array {
    return new Uint8Array(this.bits.buffer);
  }

  /** Makes room for that many keys in all. Which of two words a key would have had is not known: both have its bits. */
  growTo(keys: number): void {
    const before = this.bits;
    const { length } = before;
    if (keys <= length || length >= most) return;
    this.bits = new Uint32Array(2 * length);
    this.bits.set(before);
    this.bits.set(before, length);
    this.growTo(keys);
  }

  add(key: number): void {
    this.bits[this.wordOf(key)]! |= maskOf(key);
  }

  mayHave(key: number): boolean {
    const mask = maskOf(key);
    return (this.bits[this.wordOf(key)]! & mask) === mask;
  }

  private wordOf(key: number): number {
    return upperOf(key) & (this.bits.length - 1);
  }
}

const maskOf = (key: number) => {
  const lower = lowerOf(key);
  return (1 << (lower & 31)) | (1 << ((lower >>> 5) & 31)) | (1 << ((lower >>> 10) & 31)) | (1 << (lower >>> 16));
};
