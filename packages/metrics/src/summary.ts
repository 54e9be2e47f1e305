import type { PerBand } from "./band.ts";

/** What CGM readings add up to. Glucose in mg/dL, shares in percent, nothing rounded. */
export interface Summary {
  /** CGM readings counted. */
  readonly count: number;
  /** Readings left out: not from a CGM, or without usable time, value or units. */
  readonly ignored: number;
  /** Time of the first and the last reading, in milliseconds since 1970; undefined without readings. */
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** Local days with at least one reading. */
  readonly days: number;
  /** Milliseconds that the readings stand for. */
  readonly covered: number;
  /** Share of the time from the first to the last reading that readings stand for, at most 100. */
  readonly sensorActive: number;
  /** Share of time in each band; they add up to 100, or are all 0 without readings. */
  readonly bands: PerBand<number>;
  readonly mean: number | Withheld;
  /** Sample standard deviation (n − 1). */
  readonly sd: number | Withheld;
  /** Coefficient of variation in percent. */
  readonly cv: number | Withheld;
  /** Glucose management indicator in percent. */
  readonly gmi: number | Withheld;
  /** Glycemia risk index, 0 to 100. */
  readonly gri: number | Withheld;
}

/** Instead of a number that would mislead: why it is not told. */
export interface Withheld {
  /** One sentence for people: what the number needs and what there is. */
  readonly withheld: string;
}
