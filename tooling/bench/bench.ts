/** One benchmark: a program that says what it measured, line by line. */
export interface Bench {
  /** The word that chooses it: `npm run bench -- NAME`. */
  readonly name: string;
  readonly run: (say: (line: string) => void) => Promise<void>;
}
