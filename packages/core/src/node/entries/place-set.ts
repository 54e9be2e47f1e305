/** Places of entries: a bit for each. */
export class PlaceSet {
  private bits = new Uint32Array(2 ** 10);

  add(place: number) {
    const word = Math.floor(place / 32);
    if (word >= this.bits.length) {
      const before = this.bits;
      this.bits = new Uint32Array(Math.max(before.length * 2, word + 1));
      this.bits.set(before);
    }
    this.bits[word]! |= 1 << (place & 31);
  }

  has(place: number): boolean {
    return ((this.bits[Math.floor(place / 32)] ?? 0) & (1 << (place & 31))) !== 0;
  }
}
