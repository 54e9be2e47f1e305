/** Instead of a number that would mislead: why it is not told. */
export interface Withheld {
  /** One sentence for people: what the number needs and what there is. */
  readonly withheld: string;
}

/** Withholds a number for a reason, which is one sentence. */
export const withheld = (reason: string): Withheld => ({ withheld: reason });
