import type { DateOrder } from "../need.ts";
import type { GlucoseUnits, MeasuringRange } from "../values/glucose.ts";
import type { DecimalMark } from "../values/read-number.ts";

/**
 * A column by its heading, upper and lower case alike, `*` standing for any text; by several headings, of which the first one
 * found counts; or by its place, from 1, for tables without headings.
 */
export type Column = string | number | ReadonlyArray<string>;

/** Which rows a rule is for: each column has one of these texts, `*` standing for any text and `""` for an empty cell. */
export type Where = Readonly<Record<string, string | ReadonlyArray<string>>>;

interface Rule {
  /** Where the amount stands. */
  readonly column?: Column;
  /** Instead of `column`: amounts that are added up. */
  readonly sum?: ReadonlyArray<Column>;
  readonly where?: Where;
  /** A table without the column is fine. Default: it is refused. */
  readonly optional?: boolean;
  /** The table has 0 where nothing was recorded. Default: 0 is a value. */
  readonly zeroIsBlank?: boolean;
}

/** A rule for readings of glucose: of a sensor (`cbg`), by a meter (`smbg`), or to calibrate a sensor. */
export interface GlucoseRule extends Rule {
  readonly kind: "cbg" | "smbg" | "calibration";
  /** Default: what the heading says; where that says nothing, it is asked. */
  readonly units?: GlucoseUnits | { readonly column: Column };
  /** What the device measures, in mg/dL: for `Low` and `HI`. */
  readonly range?: MeasuringRange;
  /** The table has the limit itself where the true value lies beyond it. Default: false. */
  readonly clamps?: boolean;
  readonly subType?: "manual" | "linked" | "scanned";
}

/** A rule for insulin from a pen or a syringe, in units. */
export interface InsulinRule extends Rule {
  readonly kind: "insulin";
  readonly acting: "rapid" | "short" | "intermediate" | "long";
  /** The parts for food and for correction: taken where they add up to the amount. */
  readonly food?: Column;
  readonly correction?: Column;
}

/** A rule for what a pump gave at once, and over a time where `extended` and `minutes` say so, in units. */
export interface BolusRule extends Rule {
  readonly kind: "bolus";
  /** The pump decided on it by itself. Default: false. */
  readonly automated?: boolean;
  readonly extended?: Column;
  readonly minutes?: Column;
}

/** A rule for carbohydrates, in grams or in units of `gramsPerUnit`. */
export interface FoodRule extends Rule {
  readonly kind: "food";
  readonly gramsPerUnit?: number;
}

/** A rule for ketones in mmol/L, or for exercise in minutes. */
export interface PlainRule extends Rule {
  readonly kind: "ketone" | "exercise";
}

/** A rule for what Tidepool has nothing for: it is counted under the name `as`. */
export interface IgnoreRule extends Rule {
  readonly kind: "ignore";
  readonly as: string;
}

/** What becomes of a cell. */
export type MappingRule = GlucoseRule | InsulinRule | BolusRule | FoodRule | PlainRule | IgnoreRule;

/** How a table is to be read: a JSON file that people write, or one of those that come with this package. */
export interface Mapping {
  /** In small letters, figures and hyphens. It is a part of every origin id: a mapping that is renamed gives new records. */
  readonly id: string;
  /** The column with date and time, or the two with one of them each. */
  readonly time: Column | { readonly date: Column; readonly time: Column };
  /** What the times are, where they do not say it by a `Z` or an offset. Default: `local`, what a clock showed. */
  readonly clock?: "local" | "utc" | "epoch-seconds" | "epoch-milliseconds";
  /** Default: found from the whole column, or asked. */
  readonly dateOrder?: DateOrder;
  readonly decimal?: DecimalMark;
  /** `false` for a table without headings. */
  readonly headings?: false;
  readonly device?: {
    /** For all rows, before what a column says: `Contour Next One`. */
    readonly model?: string;
    /** The column with the serial number. */
    readonly column?: Column;
    /** Above the headings: the cell below this one holds the serial number. */
    readonly above?: string;
  };
  /** The column that says whose records they are: a table with those of several people is refused. */
  readonly person?: Column;
  /** The columns that tell a record apart for ever. Default: the device and its time. Never the number of the row. */
  readonly key?: ReadonlyArray<Column>;
  /** A column with text that is kept beside each datum. Default: texts are left out, for they may name people. */
  readonly notes?: Column;
  readonly records: ReadonlyArray<MappingRule>;
}
