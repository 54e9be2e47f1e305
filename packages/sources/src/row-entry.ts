import type { Entry, SourceProblem } from "./entry.ts";
import { refusedFault } from "./refused-fault.ts";

/** A datum made of one row of a table. */
export class RowDatum {
  readonly datum: unknown;
  private readonly file: string;
  private readonly row: number;

  constructor(datum: unknown, file: string, row: number) {
    this.datum = datum;
    this.file = file;
    this.row = row;
  }

  /** `row 7 of glucose.csv`. Made only when asked: of most rows nobody asks. */
  get at(): string {
    return `row ${this.row} of ${this.file}`;
  }
}

/** A row that gives no datum, with its place. */
export const rowProblem = (problem: SourceProblem & { readonly file: string; readonly row: number }): Entry => ({
  problem,
  at: `row ${problem.row} of ${problem.file}${problem.column === undefined ? "" : `, column ${problem.column}`}`
});

/**
 * A row's datum, or the problem that Tidepool would refuse it. A format that knows its ranges needs this for what nobody
 * thought of only.
 */
export const rowDatum = (datum: unknown, file: string, row: number): Entry => {
  const fault = refusedFault(datum);
  return fault ? rowProblem({ outcome: "rejected", ...fault, file, row }) : new RowDatum(datum, file, row);
};
