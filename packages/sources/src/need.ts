/** The order of day, month and year in a date of numbers. */
export type DateOrder = "dmy" | "mdy" | "ymd";

/** A place in a file that shows why a question has to be asked. */
export interface NeedExample {
  readonly file: string;
  /** As a spreadsheet counts: the first row is 1. */
  readonly row: number;
  readonly column?: string;
  /** What stands there, where that is a date or a time. Never a health value. */
  readonly text?: string;
}

/**
 * Something that only the person can tell, and without which a file would have to be guessed at. The message says what is to be told; where, is
 * for the program to say: {@link AnswersNeeded} names the option.
 */
export type Need =
  | {
      /** Times are what a clock showed, and the file does not say where. Answer: `timezone`, and `travel` if need be. */
      readonly kind: "timezone";
      readonly files: ReadonlyArray<string>;
      readonly message: string;
      readonly examples: ReadonlyArray<NeedExample>;
    }
  | {
      /** Glucose may be in either unit. Answer: `units`. */
      readonly kind: "units";
      readonly files: ReadonlyArray<string>;
      readonly message: string;
      readonly examples: ReadonlyArray<NeedExample>;
    }
  | {
      /** Every date of the file can be read in each of these orders. Answer: `dateOrder`. */
      readonly kind: "date-order";
      readonly choices: ReadonlyArray<DateOrder>;
      readonly files: ReadonlyArray<string>;
      readonly message: string;
      readonly examples: ReadonlyArray<NeedExample>;
    };

const options: { readonly [K in Need["kind"]]: string } = {
  timezone: "timezone",
  units: "units",
  "date-order": "dateOrder"
};

/** Thrown where pages are read although {@link Need}s are open. */
export class AnswersNeeded extends Error {
  readonly _tag = "AnswersNeeded";
  override readonly name = "AnswersNeeded";
  readonly needs: ReadonlyArray<Need>;

  constructor(needs: ReadonlyArray<Need>) {
    super(needs.map(({ kind, message }) => `${message} That is the option ${options[kind]}.`).join(" "));
    this.needs = needs;
  }
}
