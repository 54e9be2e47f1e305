import type { PerBand } from "./band.ts";
import type { LeftOut } from "./left-out.ts";
import type { Percentiles } from "./quantile.ts";
import type { Span } from "./span.ts";
import type { Withheld } from "./withheld.ts";

/** What CGM readings add up to. Glucose in mg/dL, shares in percent, nothing rounded. */
export interface Statistics {
  /** CGM readings counted. */
  readonly count: number;
  /** Time of the first and the last reading, in milliseconds since 1970; undefined without readings. */
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** What `sensorActive` refers to: the period stated, else from the first reading until the next after the last was due. */
  readonly period: Span | undefined;
  /** Local days with at least one reading. */
  readonly days: number;
  /** Milliseconds that the readings stand for. */
  readonly covered: number;
  /** Share of the period that readings stand for, at most 100. */
  readonly sensorActive: number;
  /** Share of time in each band; they add up to 100, or are all 0 without readings. */
  readonly bands: PerBand<number>;
  /** Time in tight range: share of time from 70 to 140 mg/dL, whatever the targets. */
  readonly tightRange: number | Withheld;
  readonly mean: number | Withheld;
  /** Sample standard deviation (n − 1). */
  readonly sd: number | Withheld;
  /** Coefficient of variation in percent. */
  readonly cv: number | Withheld;
  /** Glucose management indicator in percent. */
  readonly gmi: number | Withheld;
  /** The same in mmol/mol. */
  readonly gmiMmolMol: number | Withheld;
  /** Glycemia risk index, 0 to 100. */
  readonly gri: number | Withheld;
  readonly percentiles: Percentiles | Withheld;
}

/** What CGM readings add up to, and what was left out of it. */
export interface Summary extends Statistics {
  /** Readings left out, all reasons together. */
  readonly ignored: number;
  /** The same by reason. */
  readonly leftOut: LeftOut;
}
