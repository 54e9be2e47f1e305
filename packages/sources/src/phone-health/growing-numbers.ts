/** Numbers in 8 bytes each, of any count. */
export class GrowingNumbers {
  private numbers = new Float64Array(1024);
  private count = 0;

  get length(): number {
    return this.count;
  }

  push(number: number): void {
    if (this.count === this.numbers.length) {
      const larger = new Float64Array(this.count * 2);
      larger.set(this.numbers);
      this.numbers = larger;
    }
    this.numbers[this.count++] = number;
  }

  /** All of them, in the memory that they are in. */
  all(): Float64Array {
    return this.numbers.subarray(0, this.count);
  }
}

/** Where the first of some ascending numbers is that is not below another one. */
export const firstFrom = (sorted: Float64Array, number: number): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < number) low = middle + 1;
    else high = middle;
  }
  return low;
};
