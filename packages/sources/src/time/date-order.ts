import type { DateOrder, Need, NeedExample } from "../need.ts";
import { type DateParts, wallTime } from "./read-moment.ts";
import type { WallTime } from "./zone-clock.ts";

const day = 86_400_000;
const mostExamples = 5;
/** A file writes its dates in one way: where so many begin with the year, all do. */
const enoughYearsFirst = 1000;

/** What a column says about the order of its dates. */
export type DateOrderDecision = { readonly order: DateOrder; readonly because: string } | { readonly need: Need };

/**
 * Decides the order of day and month by a whole column: 31-01 can only be read in one way, and so can a column that runs
 * forward in time by one order and jumps back by the other. What both orders explain is asked, never guessed.
 */
export class DateOrderEvidence {
  private readonly file: string;
  private yearFirst = 0;
  private dayFirst = 0;
  private monthFirst = 0;
  private halves = 0;
  private readonly last = new Map<string, { readonly dmy: WallTime; readonly mdy: WallTime }>();
  private readonly backward = { dmy: 0, mdy: 0 };
  private readonly open: Array<NeedExample> = [];
  private readonly clashing: { dmy?: NeedExample; mdy?: NeedExample } = {};

  constructor(file: string) {
    this.file = file;
  }

  /** Takes the date of the next row. Rows of one series follow each other in time, if rows of this file do so at all. */
  add(parts: DateParts, place: NeedExample, series = ""): void {
    const { numbers, yearFirst, half } = parts;
    if (yearFirst) {
      this.yearFirst++;
      return;
    }
    const [first, second] = numbers;
    if (half !== undefined) this.halves++;
    if (first > 12 && second <= 12) {
      this.dayFirst++;
      this.clashing.dmy ??= place;
    } else if (second > 12 && first <= 12) {
      this.monthFirst++;
      this.clashing.mdy ??= place;
    } else if (first !== second && this.open.length < mostExamples) this.open.push(place);
    this.follow(parts, series);
  }

  /** Whether all dates so far begin with the year, and are enough to take that for the file's way. */
  get isYearFirst(): boolean {
    return (
      this.yearFirst >= enoughYearsFirst &&
      this.dayFirst + this.monthFirst + this.open.length === 0 &&
      this.last.size === 0
    );
  }

  private follow(parts: DateParts, series: string): void {
    const dmy = wallTime(parts, "dmy");
    const mdy = wallTime(parts, "mdy");
    if (dmy === undefined || mdy === undefined) return;
    const before = this.last.get(series);
    if (before && dmy < before.dmy - day) this.backward.dmy++;
    if (before && mdy < before.mdy - day) this.backward.mdy++;
    this.last.set(series, { dmy, mdy });
  }

  /**
   * What the column says. `given` is the caller's answer, and counts where the column itself is not clear; `halfDays` the
   * order that the format uses with AM and PM.
   */
  decide(given: DateOrder | undefined, halfDays?: DateOrder): DateOrderDecision {
    const { dayFirst, monthFirst, backward } = this;
    if (dayFirst > 0 && monthFirst > 0) {
      if (given !== undefined) return { order: given, because: "it was given" };
      const examples = Object.values(this.clashing);
      return this.ask(
        "has dates with the day first and dates with the month first: a spreadsheet may have changed some",
        examples
      );
    }
    if (dayFirst > 0) return { order: "dmy", because: "some dates have a first number above 12" };
    if (monthFirst > 0) return { order: "mdy", because: "some dates have a second number above 12" };
    if (given === "dmy" || given === "mdy") return { order: given, because: "it was given" };
    if (this.open.length === 0) {
      return { order: this.yearFirst > 0 ? "ymd" : "dmy", because: "every date means the same in any order" };
    }
    if (backward.dmy === 0 && backward.mdy > 0)
      return { order: "dmy", because: "only so do the rows run forward in time" };
    if (backward.mdy === 0 && backward.dmy > 0)
      return { order: "mdy", because: "only so do the rows run forward in time" };
    if (halfDays !== undefined && this.halves > 0) return { order: halfDays, because: "times have AM and PM" };
    return this.ask("has no date that tells day and month apart", this.open);
  }

  private ask(what: string, examples: ReadonlyArray<NeedExample>): DateOrderDecision {
    const message = `${this.file} ${what}. Say whether the day (dmy) or the month (mdy) comes first.`;
    return { need: { kind: "date-order", choices: ["dmy", "mdy"], files: [this.file], message, examples } };
  }
}
