import type { PrepareOptions, Prepared } from "./prepared.ts";

/** What is known of an entry before its turn, because somebody else has looked at it already. */
export interface Precomputed {
  /** As this module's own hash makes it of the entry's text. */
  readonly fingerprint: string;
  /** The origin id that it seems to have. */
  readonly guess: string | undefined;
  /** What preparing it comes to, where that is known. */
  prepare(index: number, fingerprint: string, options: PrepareOptions): Prepared | undefined;
}
