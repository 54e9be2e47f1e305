/** 4 MB: of 1,000,000 ids it takes one in a hundred for known that is not, of 10,000,000 one in four. */
const words = 2 ** 20;

/**
 * Which ids may be there: never wrong about one that is, at times about one that is not. A Bloom filter with both bits of an
 * id in one word, and the words of ids that differ in their last character only side by side: one look into memory.
 */
export class IdFilter {
  private readonly bits = new Uint32Array(words);
  private word = 0;
  private mask = 0;

  add(id: string): void {
    this.read(id);
    this.bits[this.word]! |= this.mask;
  }

  mayHave(id: string): boolean {
    this.read(id);
    return (this.bits[this.word]! & this.mask) === this.mask;
  }

  private read(id: string) {
    const last = id.length - 1;
    let hash = 0x811c9dc5;
    for (let index = 0; index < last; index++) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
    const code = last < 0 ? 0 : id.charCodeAt(last);
    this.word = (((hash ^ (hash >>> 15)) << 4) | ((hash ^ code) & 15)) & (words - 1);
    const both = Math.imul(hash ^ code, 0x85ebca6b);
    this.mask = (1 << (both >>> 27)) | (1 << ((both >>> 22) & 31));
  }
}
